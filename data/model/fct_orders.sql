-- one row an order: who, what it was worth net of refunds in the company's currency (null of another one; as_written has it), what was
-- promised and when it came. Which of a person it is counts those that were not cancelled only
with priced as (
    select o.*, coalesce(upper(trim(o.currency)) = upper(trim(c.currency)), true) as ours from int_orders o cross join cfg_company c)
select o.source || ':' || o.order_id as order_key, o.source, o.order_id, s.session_key, r.person_id, person_group(r.person_id) as person_group,
       coalesce(r.linked, false) as linked, o.ordered_at,
       cast(o.ordered_at + f.offset_minutes * interval '1 minute' as date) as day,
       case when o.ours then cast(round(o.amount * 100) as bigint) end as amount_cents,
       case when o.ours then cast(round(coalesce(o.refunded, 0) * 100) as bigint) end as refunded_cents,
       case when o.ours then cast(round(o.margin * 100) as bigint) end as margin_cents,
       cast(round(o.amount * 100) as bigint) as as_written_cents, cast(round(coalesce(o.refunded, 0) * 100) as bigint) as refund_as_written_cents,
       o.currency, o.promised_at, o.delivered_at, o.cancelled_at, o.carrier,
       lower(o.touch_channel) as touch_channel, trim(o.task) as task, p.segment, p.region, p.account,
       case when o.cancelled_at is null and r.person_id is not null then row_number() over kept end as number_of_person,
       case when o.cancelled_at is null and r.person_id is not null then lead(o.ordered_at) over kept end as next_ordered_at,
       coalesce(p.staff_test, false) as staff_test
from priced o
join cfg_offsets f on o.ordered_at >= f.from_utc and o.ordered_at < f.to_utc
left join int_row_persons r on r.what = 'order' and r.source = o.source and r.id = o.order_id
left join int_order_sessions s on s.source = o.source and s.order_id = o.order_id
left join int_people p on p.person_id = r.person_id and o.ordered_at >= p.valid_from and o.ordered_at < p.valid_until
window kept as (partition by r.person_id, o.cancelled_at is null order by o.ordered_at, o.order_id)
