-- one row an order of one person, in the company's time: worth, when promised, when it came, what became of it
select r.ordered_at + o.offset_minutes * interval '1 minute' as local_at, r.promised_at + o.offset_minutes * interval '1 minute' as promised_at,
       r.delivered_at + o.offset_minutes * interval '1 minute' as delivered_at,
       r.cancelled_at + o.offset_minutes * interval '1 minute' as cancelled_at, r.as_written_cents as amount_cents, r.refund_as_written_cents as refunded_cents, r.currency, r.touch_channel
from placed_orders r join cfg_offsets o on r.ordered_at >= o.from_utc and r.ordered_at < o.to_utc
where r.person_id = $person
order by r.ordered_at, r.order_key
