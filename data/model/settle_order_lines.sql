-- one row a line that is part of an order of its file: the items of a source that says so, and lines without an amount beside the one that has it
create or replace temp table _order_lines as
with several as (
    select source, file, order_id, count(amount) as amounts, min(ordered_at) filter (amount >= 0) as placed,
           list_contains($items, source) as items
    from src_orders group by source, file, order_id having count(*) > 1)
select o.rowid as rid, o.* exclude (ordered_at), o.ordered_at, s.amounts, s.items and s.amounts > 1 as adds,
       row_number() over (partition by o.source, o.file, o.order_id order by o.amount desc nulls last, o.row) as place
from src_orders o join several s on s.source = o.source and s.file = o.file and s.order_id = o.order_id
where s.amounts = 1 or s.items and not (coalesce(o.amount < 0, false) and o.ordered_at > s.placed);

-- items cancelled beside others that were not are no part of what was bought; an item whose amount nobody knows leaves the order's unknown
update src_orders as o set
    ordered_at = t.ordered_at, amount = t.amount, margin = t.margin, refunded = t.refunded, currency = t.currency,
    promised_at = t.promised_at, delivered_at = t.delivered_at, cancelled_at = t.cancelled_at, carrier = t.carrier,
    session_id = t.session_id, touch_channel = t.touch_channel, task = t.task, id_customer_id = t.id_customer_id, id_email = t.id_email,
    id_phone = t.id_phone, id_vendor_id = t.id_vendor_id, id_anonymous_id = t.id_anonymous_id, id_account = t.id_account
from (
    with bought as (
        select *, adds and cancelled_at is not null
                  and count(*) filter (cancelled_at is null) over (partition by source, file, order_id) > 0 as dropped
        from _order_lines)
    select min(rid) filter (place = 1) as rid, min(ordered_at) as ordered_at,
           case when not any_value(adds) or count(*) filter (not dropped) = count(amount) filter (not dropped)
                then sum(amount) filter (not dropped) end as amount,
           case when not any_value(adds) or count(*) filter (not dropped) = count(margin) filter (not dropped)
                then sum(margin) filter (not dropped) end as margin,
           sum(refunded) filter (not dropped) as refunded, max(promised_at) as promised_at,
           case when not any_value(adds) or count(*) filter (not dropped) = count(delivered_at) filter (not dropped)
                then max(delivered_at) filter (not dropped) end as delivered_at,
           case when not any_value(adds) or count(*) = count(cancelled_at) then max(cancelled_at) end as cancelled_at,
           arg_min(currency, place) filter (currency is not null) as currency, arg_min(carrier, place) filter (carrier is not null) as carrier,
           arg_min(session_id, place) filter (session_id is not null) as session_id,
           arg_min(touch_channel, place) filter (touch_channel is not null) as touch_channel,
           arg_min(task, place) filter (task is not null) as task,
           arg_min(id_customer_id, place) filter (id_customer_id is not null) as id_customer_id,
           arg_min(id_email, place) filter (id_email is not null) as id_email, arg_min(id_phone, place) filter (id_phone is not null) as id_phone,
           arg_min(id_vendor_id, place) filter (id_vendor_id is not null) as id_vendor_id,
           arg_min(id_anonymous_id, place) filter (id_anonymous_id is not null) as id_anonymous_id,
           arg_min(id_account, place) filter (id_account is not null) as id_account
    from bought group by source, file, order_id) as t
where o.rowid = t.rid;

insert into refusals
select source, file, row, null, 'excluded',
       case when adds then 'an item of an order, added to it' else 'a line of an order without an amount of its own, kept with its order' end, null, null
from _order_lines where place > 1;

delete from src_orders where rowid in (select rid from _order_lines where place > 1);
