-- one row a source with orders in another currency than the company's: nobody knows what they are worth in it
-- severity: severe
-- asks: {source}: {records} of {total} orders are in another currency ({others}) than the company's {own}: these amounts count in no sum.
-- remedy: Export amounts in {own}, or read each currency as a [[source]] of its own and leave out the rest with where.
with own as (select upper(currency) as currency from cfg_company)
select o.source, 'orders' as touches, '' as subject, count(*) filter (where upper(o.currency) <> own.currency) as records, count(*) as total,
       string_agg(distinct case when upper(o.currency) <> own.currency then upper(o.currency) end, ', ') as others, any_value(own.currency) as own
from src_orders o cross join own where o.currency is not null
group by o.source having count(*) filter (where upper(o.currency) <> own.currency) > 0
order by o.source
