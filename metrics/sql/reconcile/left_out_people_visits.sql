-- one row a reason for which a visit of the journey is none of people in the period (code null: it is), in this order: visits and people
with placed as (
    select person_id,
           case when $start is not null and coalesce(day not between $start and $end, true) then 'outside_period'
                when is_bot and bot_basis = 'behaviour' then 'bot_by_behaviour' when is_bot then 'bot_declared'
                when staff_test then 'staff' end as code
    from visits where journey = $journey)
select list_position(['outside_period', 'bot_declared', 'bot_by_behaviour', 'staff'], code) as place, code, cast(null as varchar) as said,
       count(*) as rows, count(distinct person_id) as persons
from placed group by all order by place nulls last
