-- one row a line that gives money back: an amount below 0 is no order. Under the number of an order that was paid, of its own source or, where that has none,
-- of the only other one, it is that order's refund; what it is of is not known otherwise, and it is in no number
create or replace temp table _refund_lines as
with paid as (select distinct source, order_id from src_orders where amount > 0),
elsewhere as (select order_id, min(source) as source from paid group by order_id having count(*) = 1)
select r.rowid as rid, r.source, r.order_id, r.ordered_at, r.file, r.row, r.amount, coalesce(p.source, e.source) as of_source
from src_orders r
left join paid p on p.source = r.source and p.order_id = r.order_id
left join elsewhere e on e.order_id = r.order_id
where r.amount < 0;

update src_orders as p set refunded = coalesce(p.refunded, 0) + s.back
from (select of_source, order_id, -sum(amount * times) as back
      from (select of_source, order_id, ordered_at, amount, max(times) as times  -- exports that overlap hold a line once each
            from (select of_source, order_id, ordered_at, amount, file, count(*) as times from _refund_lines
                  where of_source is not null
                  group by of_source, order_id, ordered_at, amount, file) as by_file
            group by of_source, order_id, ordered_at, amount) as lines
      group by of_source, order_id) as s
where s.of_source = p.source and s.order_id = p.order_id and p.amount > 0;

insert into refusals
select source, file, row, 'amount', 'excluded',
       case when of_source is null then 'a refund of no order that is known, in no number' else 'a refund in a line of its own, kept with its order' end,
       cast(amount as varchar), null
from _refund_lines;

delete from src_orders where rowid in (select rid from _refund_lines);
