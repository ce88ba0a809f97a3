-- one row a person: their first order of the days asked for (the latest would be one nobody came back after) whose time to come back is over, whether they ordered again from day 31 on within the company's own window
-- (the quantile of its repurchase intervals), and what they met from thirty days before the order until thirty days after it
with span as (
    select cast(ceil(quantile_cont(date_diff('day', ordered_at, next_ordered_at), 0.75)) as integer) as days, max(ordered_at) as last
    from people_orders where next_ordered_at is not null and linked),
asked as (
    select o.order_key as answer_key, o.person_id, o.person_group, o.day, o.ordered_at as at_time, '' as way, o.segment, o.touch_channel, o.task, '' as stage, o.linked,
           'order' as lag, s.days,
           case when exists (select 1 from people_orders n where n.person_id = o.person_id and n.ordered_at >= o.ordered_at + interval '31 days'
                             and n.ordered_at < o.ordered_at + interval '31 days' + s.days * interval '1 day') then 1.0 else 0.0 end as y,
           case when o.number_of_person = 1 then 'first' when o.number_of_person = 2 then 'second' else 'later' end as tenure,
           -- a promise that names a day holds until the end of that day, where the company is (fct_promises)
           case when o.promised_at + f.offset_minutes * interval '1 minute' = date_trunc('day', o.promised_at + f.offset_minutes * interval '1 minute')
                then o.promised_at + interval '1 day' else o.promised_at end as promised_at, o.delivered_at, o.ordered_at
    from people_orders o cross join span s left join cfg_offsets f on o.promised_at >= f.from_utc and o.promised_at < f.to_utc
    where o.linked and s.days is not null and o.ordered_at + interval '31 days' + s.days * interval '1 day' <= s.last
      and ($start is null or o.day between $start and $end)
    qualify row_number() over (partition by o.person_id order by o.ordered_at, o.order_key) = 1),
went as (
    select a.answer_key, count(*) as visits, sum(frictions(v.errors, v.rage_clicks, v.dead_clicks)) as frictions, sum(v.backtracks) as backtracks,
           bool_or(v.has_goal and not v.goal_reached) as missed
    from asked a join people_visits v on v.person_id = a.person_id and v.journey = $journey
      and v.ended_at <= a.at_time + interval '1 hour' and v.started_at >= a.at_time - interval '30 days' group by a.answer_key),
replied as (
    -- a source that never says when it replied cannot show that it did not
    select distinct source from coverage where signal = 'ticket replies' and events > 0),
helped as (
    select a.answer_key, count(distinct t.ticket_key) as contacts,
           case when (select count(*) from replied) > 0
                then coalesce(bool_or(r.source is not null and coalesce(t.first_reply_at, a.at_time + interval '30 days') > t.created_at + interval '24 hours'), false)
                end as slow_reply
    from asked a left join counted_tickets t on t.person_id = a.person_id
      and t.created_at < a.at_time + interval '29 days' and t.created_at >= a.at_time - interval '30 days'
    left join replied r on r.source = t.source group by a.answer_key)
select a.* exclude (promised_at, delivered_at, ordered_at), w.visits, w.frictions, w.backtracks, w.missed,
       case when a.delivered_at < a.at_time + interval '30 days' then a.delivered_at > a.promised_at end as late,
       case when a.delivered_at < a.at_time + interval '30 days' then date_diff('day', a.ordered_at, a.delivered_at) end as wait_days,
       h.contacts, h.slow_reply
from asked a left join went w using (answer_key) left join helped h using (answer_key)
order by a.answer_key
