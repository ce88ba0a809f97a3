-- one row a person: their latest answer of one form and way of asking in time, and what they had met in the thirty days before it. What nothing is
-- recorded of is null, never 0: without a visit in those days nobody knows of friction, without a delivery nothing was late
with asked as (
    select a.answer_key, a.person_id, a.person_group, a.score as y, a.day, a.responded_at as at_time, a.instrument as way, a.segment, a.touch_channel, a.task,
           coalesce(a.stage, '') as stage, a.linked, coalesce(a.asked_lag, 'delivery') as lag
    from scored_answers a
    where a.journey = $journey and a.form = $form and a.asked_about = $about and a.stage_basis is distinct from 'last_stage'
      and (len($stages) = 0 or list_contains($stages, coalesce(a.stage, ''))) and ($start is null or a.day between $start and $end)
    qualify row_number() over (partition by a.person_id, coalesce(a.asked_lag, 'delivery') order by a.responded_at desc, a.answer_key desc) = 1),
went as (
    select a.answer_key, count(*) as visits, sum(frictions(v.errors, v.rage_clicks, v.dead_clicks)) as frictions, sum(v.backtracks) as backtracks,
           bool_or(v.has_goal and not v.goal_reached) as missed
    from asked a join people_visits v on v.person_id = a.person_id and v.journey = $journey
      and v.ended_at < a.at_time and v.started_at >= a.at_time - interval '30 days'
    where a.linked group by a.answer_key),
brought as (
    -- a promise that names a day holds until the end of that day, where the company is (fct_promises)
    select a.answer_key, max(date_diff('day', o.ordered_at, o.delivered_at)) as wait_days,
           bool_or(o.delivered_at > case when o.promised_at + f.offset_minutes * interval '1 minute'
                                              = date_trunc('day', o.promised_at + f.offset_minutes * interval '1 minute')
                                         then o.promised_at + interval '1 day' else o.promised_at end) as late
    from asked a join people_orders o on o.person_id = a.person_id and o.delivered_at < a.at_time and o.delivered_at >= a.at_time - interval '30 days'
    left join cfg_offsets f on o.promised_at >= f.from_utc and o.promised_at < f.to_utc
    where a.linked group by a.answer_key),
replied as (
    -- a source that never says when it replied cannot show that it did not
    select distinct source from coverage where signal = 'ticket replies' and events > 0),
helped as (
    select a.answer_key, count(distinct t.ticket_key) as contacts,
           case when (select count(*) from replied) > 0
                then coalesce(bool_or(r.source is not null and coalesce(t.first_reply_at, a.at_time) > t.created_at + interval '24 hours'), false)
                end as slow_reply
    from asked a left join counted_tickets t on t.person_id = a.person_id
      and t.created_at < a.at_time - interval '24 hours' and t.created_at >= a.at_time - interval '30 days'
    left join replied r on r.source = t.source
    where a.linked group by a.answer_key),
since as (
    select person_id, min(customer_since) as customer_since from people group by person_id)
select a.*, w.visits, w.frictions, w.backtracks, w.missed, b.late, b.wait_days, h.contacts, h.slow_reply,
       case when s.customer_since is null or s.customer_since > a.at_time then 'none' when s.customer_since > a.at_time - interval '90 days' then 'months'
            when s.customer_since > a.at_time - interval '1 year' then 'year' else 'longer' end as tenure
from asked a left join went w using (answer_key) left join brought b using (answer_key) left join helped h using (answer_key) left join since s using (person_id)
order by a.answer_key
