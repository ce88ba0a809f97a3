-- one row an order of one person, in the company's time: worth, when promised, when it came, what became of it
select r.ordered_at + o.offset_minutes * interval '1 minute' as local_at, r.promised_at + o.offset_minutes * interval '1 minute' as promised_at,
       r.delivered_at + o.offset_minutes * interval '1 minute' as delivered_at,
       r.cancelled_at + o.offset_minutes * interval '1 minute' as cancelled_at, r.amount_cents, r.refunded_cents, r.currency, r.touch_channel
from people_orders r join cfg_offsets o on r.ordered_at >= o.from_utc and r.ordered_at < o.to_utc
where r.person_id = $person
order by r.ordered_at, r.order_key
