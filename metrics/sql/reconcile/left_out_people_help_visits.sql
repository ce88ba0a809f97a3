-- one row a reason for which a session with a help page is none of people in the period (code null: it is), in this order: sessions and people
with placed as (
    select person_id,
           case when $start is not null and coalesce(day not between $start and $end, true) then 'outside_period'
                when is_bot then 'bot' when staff_test then 'staff' end as code
    from help_visits where journey = $journey)
select list_position(['outside_period', 'bot', 'staff'], code) as place, code, cast(null as varchar) as said,
       count(*) as rows, count(distinct person_id) as persons
from placed group by all order by place nulls last
