-- one row an order and journey: the stage an order belongs to, the one whose goal it is
with goals as (
    select g.journey, g.stage, s.position, row_number() over (partition by g.journey order by
             case when g.kind = 'order' then 0 else 1 end, s.position desc) as place
    from cfg_goals g join cfg_stages s on s.journey = g.journey and s.stage = g.stage
    where g.kind = 'order' or (g.kind = 'event' and g.pattern in ('purchase', 'order', 'order_completed')))
select o.source, o.order_id, g.journey, g.stage
from int_orders o cross join goals g where g.place = 1
