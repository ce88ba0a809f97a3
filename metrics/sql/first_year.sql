-- one row an order of a person whose first order lies in the cell: the margin of those of the 365 days from it on, net of refunds. Who was a customer a day
-- or more before the first order seen did not begin with it
with begun as (
    select @picks f.person_id, f.person_group, f.ordered_at as at
    from people_orders as f
    where @where
      and not exists (select 1 from people as p where p.person_id = f.person_id and p.customer_since < f.ordered_at - interval '1 day')),
bought as (
    select b.*, o.margin_cents * (1 - coalesce(o.refunded_cents * 1.0 / nullif(o.amount_cents, 0), 0)) / 100.0 as net
    from begun as b
    join people_orders as o
      on o.person_id = b.person_id and o.ordered_at >= b.at and o.ordered_at < b.at + interval '365 days')
select @names person_id, person_group, net as amount
from bought
