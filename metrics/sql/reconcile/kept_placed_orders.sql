-- one row an order as placed_orders has it, with those of colleagues and tests where they are kept; $utc: by days of UTC
select * replace (case when $utc then cast(ordered_at as date) else day end as day)
from orders where not staff_test or $staff
