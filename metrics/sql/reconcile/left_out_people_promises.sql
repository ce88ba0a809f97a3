-- one row a reason for which a promise of the journey was not due to people in the period (code null: it was), in this order: promises and people
with placed as (
    select coalesce(cast(person_id as varchar), about) as who,
           case when staff_test then 'staff' when coalesce(outcome not in ('kept', 'broken'), true) then 'not_decided'
                when not coalesce(made_about = 'answer' or due_at <= (select data_as_of from meta), false) then 'not_due'
                when $start is not null and coalesce(day not between $start and $end, true) then 'outside_period' end as code
    from promises where journey = $journey)
select list_position(['staff', 'not_decided', 'not_due', 'outside_period'], code) as place, code, cast(null as varchar) as said,
       count(*) as rows, count(distinct who) as persons
from placed group by all order by place nulls last
