-- one row a source and kind of amount that cannot be
-- severity: severe
-- asks: {source}: in {records} of {total} orders {subject}.
-- remedy: Check which column is mapped, and decimal = "," or thousands = "." where amounts are written so; an amount below 0 that names no order of its source is no order and in no number: give credit notes the number of their order, or leave them out by where.
with amounts as (
    -- what is below 0 was taken from the orders already (data/model/settle_refunds.sql)
    select source, 'the amount is below 0' as subject, false as odd from src_orders where amount is not null
    union all
    select source, 'the amount is below 0', true from refusals where reason = 'a refund of no order that is known, in no number'
    union all select source, 'the margin is larger than the amount', margin > amount from src_orders where margin is not null and amount is not null
    union all select source, 'more was refunded than paid', refunded > amount from src_orders where refunded is not null and amount is not null)
select source, 'orders' as touches, subject, count(*) filter (where odd) as records, count(*) as total
from amounts group by source, subject having count(*) filter (where odd) > 0
order by source, subject
