-- one row a file in which many orders stand on several lines: only one line of each counts
-- severity: severe
-- asks: {source}: {total} lines of {subject} are of fewer orders; {records} lines were left out because their order had one already, so its amount is that of one line.
-- remedy: If each line is an item of its order, state lines = "items" in the [[source]] block: amounts are added up by order. If each line holds the whole order's total, state lines = "total".
with again as (
    select source, file, found as order_id, count(*) as lines from refusals
    where kind in ('duplicate', 'superseded') and allowed = 'each key once' group by source, file, found),
held as (
    select o.source, o.file, sum(a.lines) as records, count(*) as orders
    from src_orders o join again a on a.source = o.source and a.file = o.file and a.order_id = o.order_id
    group by o.source, o.file),
every_order as (select source, file, count(*) as orders from src_orders group by source, file)
select h.source, 'orders' as touches, h.file as subject, cast(h.records as bigint) as records, cast(h.records + e.orders as bigint) as total
from held h join every_order e on e.source = h.source and e.file = h.file
where h.orders >= 3 and h.records >= 0.05 * (h.records + e.orders)
order by h.source, h.file
