-- one row a reason for which an order is none of people that stayed in the period (code null: it is), in this order: orders and people
with placed as (
    select coalesce(cast(person_id as varchar), order_key) as who,
           case when staff_test then 'staff' when cancelled_at is not null then 'cancelled'
                when $start is not null and coalesce(day not between $start and $end, true) then 'outside_period' end as code
    from orders)
select list_position(['staff', 'cancelled', 'outside_period'], code) as place, code, cast(null as varchar) as said,
       count(*) as rows, count(distinct who) as persons
from placed group by all order by place nulls last
