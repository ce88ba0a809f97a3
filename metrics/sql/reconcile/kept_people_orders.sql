-- one row an order as people_orders has it, with those it leaves out where they are kept; $utc: by days of UTC
select * replace (case when $utc then cast(ordered_at as date) else day end as day)
from orders where (not staff_test or $staff) and (cancelled_at is null or $cancelled)
