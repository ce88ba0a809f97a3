-- one row a source with orders for which nothing was paid
-- severity: look
-- asks: {source}: in {records} of {total} orders the amount is 0; they count as purchases.
-- remedy: If they are exchanges, replacements or samples, leave them out: where = "amount <> 0" in the [[source]] block (the column as the file names it).
select source, 'orders' as touches, null as subject, count(*) filter (where amount = 0) as records, count(*) as total
from src_orders where amount is not null and cancelled_at is null
group by source having count(*) filter (where amount = 0) > 0
order by source
