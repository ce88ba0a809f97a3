-- one row a person (or browser), journey, stage and episode: did, struggled, dwell, contacts within 72 h, answers.
-- The one legal join of UX with CX
with done as (
    select o.person_id, o.journey, o.stage, o.episode, min(v.started_at) as started_at, max(v.ended_at) as ended_at,
           min(v.day) as day, count(*) as visits, bool_or(v.linked) as linked, bool_and(v.linked_before) as linked_before, bool_and(v.known_before) as known_before,
           bool_or(v.has_goal) as has_goal, bool_or(v.goal_reached) as goal_reached, bool_or(v.friction) as friction,
           sum(v.errors) as errors, sum(v.rage_clicks) as rage_clicks, sum(v.dead_clicks) as dead_clicks,
           sum(v.backtracks) as backtracks, sum(v.dwell_ms) as dwell_ms, min(v.touch_channel) as touch_channel,
           min(v.device) as device, min(v.region) as region, min(v.segment) as segment, bool_and(v.customer) as customer,
           min(v.release) as release, min(v.country) as country, min(v.task) as task
    from int_visit_occasions o join fct_visits v on v.visit_id = o.visit_id
    group by o.person_id, o.journey, o.stage, o.episode),
contacted as (
    select d.person_id, d.journey, d.stage, d.episode, count(distinct t.ticket_key) as contacts
    from done d join pop_tickets t on t.person_id = d.person_id
      and t.created_at >= d.started_at and t.created_at < d.ended_at + interval '72 hours'
    group by d.person_id, d.journey, d.stage, d.episode),
votes as (
    -- one vote an occasion: its latest answer of the metric that decides in that stage
    select o.person_id, o.journey, o.stage, o.episode, a.unhappy, a.metric,
           row_number() over (partition by o.person_id, o.journey, o.stage, o.episode
                              order by a.responded_at desc, a.answer_key desc) as place
    from int_answer_occasions o join pop_scored_answers a on a.answer_key = o.answer_key and a.journey = o.journey
    where a.decides and a.asked_about = 'stage' and a.stage_basis <> 'last_stage'),
answered as (
    select person_id, journey, stage, episode, 1 as answers, unhappy, metric from votes where place = 1)
select d.person_id, person_group(d.person_id) as person_group, d.journey, d.stage, d.episode, d.started_at, d.ended_at, d.day, d.visits,
       d.linked, d.linked_before, d.known_before, d.has_goal, d.goal_reached, d.friction,
       coalesce(not d.goal_reached, false) or d.friction as struggled,
       d.errors, d.rage_clicks, d.dead_clicks, d.backtracks, d.dwell_ms, d.touch_channel, d.device, d.region, d.segment,
       d.customer, d.release, d.country, d.task, coalesce(c.contacts, 0) as contacts, coalesce(a.answers, 0) as answers, a.unhappy,
       a.metric as outcome
from done d
left join contacted c on c.person_id = d.person_id and c.journey = d.journey and c.stage = d.stage and c.episode = d.episode
left join answered a on a.person_id = d.person_id and a.journey = d.journey and a.stage = d.stage and a.episode = d.episode
