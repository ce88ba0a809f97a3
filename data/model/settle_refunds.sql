-- one row a line that gives back what an order of its number was paid: an amount below 0 under it is that order's refund, and no order
create or replace temp table _refund_lines as
select r.rowid as rid, r.source, r.order_id, r.ordered_at, r.file, r.row, r.amount
from src_orders r
where r.amount < 0 and exists (select 1 from src_orders p where p.source = r.source and p.order_id = r.order_id and p.amount > 0);

update src_orders as p set refunded = coalesce(p.refunded, 0) + s.back
from (select source, order_id, -sum(amount * times) as back
      from (select source, order_id, ordered_at, amount, max(times) as times  -- exports that overlap hold a line once each
            from (select source, order_id, ordered_at, amount, file, count(*) as times from _refund_lines
                  group by source, order_id, ordered_at, amount, file) as by_file
            group by source, order_id, ordered_at, amount) as lines
      group by source, order_id) as s
where s.source = p.source and s.order_id = p.order_id and p.amount > 0;

insert into refusals
select source, file, row, 'amount', 'excluded', 'a refund in a line of its own, kept with its order', cast(amount as varchar), null
from _refund_lines;

delete from src_orders where rowid in (select rid from _refund_lines);
