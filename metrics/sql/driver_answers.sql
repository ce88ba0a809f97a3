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
    select a.answer_key, count(*) as visits, sum(v.errors + v.rage_clicks + v.dead_clicks) as frictions, sum(v.backtracks) as backtracks,
           bool_or(v.has_goal and not v.goal_reached) as missed
    from asked a join people_visits v on v.person_id = a.person_id and v.journey = $journey
      and v.ended_at < a.at_time and v.started_at >= a.at_time - interval '30 days'
    where a.linked group by a.answer_key),
brought as (
    select a.answer_key, bool_or(o.delivered_at > o.promised_at) as late, max(date_diff('day', o.ordered_at, o.delivered_at)) as wait_days
    from asked a join people_orders o on o.person_id = a.person_id and o.delivered_at < a.at_time and o.delivered_at >= a.at_time - interval '30 days'
    where a.linked group by a.answer_key),
helped as (
    select a.answer_key, count(t.ticket_key) as contacts,
           coalesce(bool_or(coalesce(t.first_reply_at, a.at_time) > t.created_at + interval '24 hours'), false) as slow_reply
    from asked a left join counted_tickets t on t.person_id = a.person_id and t.journey = $journey
      and t.created_at < a.at_time - interval '24 hours' and t.created_at >= a.at_time - interval '30 days'
    where a.linked group by a.answer_key),
since as (
    select person_id, min(customer_since) as customer_since from people group by person_id)
select a.*, w.visits, w.frictions, w.backtracks, w.missed, b.late, b.wait_days, h.contacts, h.slow_reply,
       case when s.customer_since is null or s.customer_since > a.at_time then 'none' when s.customer_since > a.at_time - interval '90 days' then 'months'
            when s.customer_since > a.at_time - interval '1 year' then 'year' else 'longer' end as tenure
from asked a left join went w using (answer_key) left join brought b using (answer_key) left join helped h using (answer_key) left join since s using (person_id)
order by a.answer_key
