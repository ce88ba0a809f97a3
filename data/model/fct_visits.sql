-- one row a session, journey and stage: what was done there, how hard it was, whether the stage's goal was reached
with timed as (
    select session_key, journey, stage, position, t,
           lead(t) over (partition by session_key, journey order by t, position, event_id) as next_t
    from int_event_stages),
spans as (
    -- the last event of a session has no end: it adds nothing, so dwell is a lower bound there
    select session_key, journey, stage, position, min(t) as started_t, max(t) as ended_t, count(*) as events,
           sum(least(coalesce(next_t - t, 0), 1800000)) as dwell_ms, bool_or(next_t is null) as open_ended
    from timed where stage is not null
    group by session_key, journey, stage, position),
last_stages as (
    select session_key, journey, stage,
           row_number() over (partition by session_key, journey order by ended_t desc, position desc) as place
    from spans),
tasks as (
    -- what the visit was for, as its events name it before its goal is reached: a task known by the outcome would say the outcome;
    -- else what the session was about when it came to the stage
    select v.session_key, v.journey, v.stage, e.task,
           row_number() over (partition by v.session_key, v.journey, v.stage order by
             case when e.t >= v.started_t then 0 else 1 end, abs(e.t - v.started_t), e.event_id) as place
    from spans v
    join int_events e on e.session_key = v.session_key and e.task is not null and e.t <= v.ended_t
    left join int_goals g on g.session_key = v.session_key and g.journey = v.journey and g.stage = v.stage
    where e.t < v.started_t or g.reached_t is null or e.t < g.reached_t),
located as (
    select v.*, s.person_id, s.linked, s.linked_before, s.known_before, s.is_bot, s.bot_basis, s.source, s.touch_channel, s.device, s.region,
           s.country, s.release, s.events as session_events, s.views as session_views, s.actions as session_actions, s.last_t - s.first_t as session_ms, s.shared_device, s.session_derived,
           make_timestamp(v.started_t * 1000) as started_at, make_timestamp(v.ended_t * 1000) as ended_at
    from spans v join int_sessions s on s.session_key = v.session_key)
select v.session_key || '|' || v.journey || '|' || v.stage as visit_id, v.session_key, v.journey, v.stage, v.source,
       v.person_id, person_group(v.person_id) as person_group, v.linked, v.linked_before, v.known_before, v.shared_device, v.session_derived,
       v.started_at, v.ended_at,
       cast(v.started_at + o.offset_minutes * interval '1 minute' as date) as day,
       v.events, v.dwell_ms, v.open_ended,
       f.page_views, f.actions, f.searches, f.errors, f.rage_clicks, f.dead_clicks, f.backtracks, f.repeated_submits,
       case when f.form_starts > 0 then f.submits = 0 end as form_abandoned,
       v.stage = l.stage as is_last_stage,
       cg.stage is not null as has_goal,
       case when cg.stage is not null then coalesce(g.reached_t >= v.started_t, false) end as goal_reached,
       -- the first time, unless that was before the stage was entered
       case when cg.stage is not null and g.reached_t >= v.started_t
            then make_timestamp(case when g.first_t >= v.started_t then g.first_t else g.reached_t end * 1000) end as goal_at,
       frictions(f.errors, f.rage_clicks, f.dead_clicks) > 0 as friction,
       coalesce(v.touch_channel, 'web') as touch_channel, v.device, coalesce(v.region, p.region) as region, v.country, v.release, k.task,
       v.is_bot, v.bot_basis, v.session_events, v.session_views, v.session_actions, v.session_ms, p.segment, p.account,
       coalesce(p.customer_since <= v.started_at, false) as customer,
       coalesce(p.staff_test, false) as staff_test, coalesce(p.internal_customer, false) as internal_customer
from located v
join int_frictions f on f.session_key = v.session_key and f.journey = v.journey and f.stage = v.stage
join last_stages l on l.session_key = v.session_key and l.journey = v.journey and l.place = 1
join cfg_offsets o on v.started_at >= o.from_utc and v.started_at < o.to_utc
left join int_goal_stages cg on cg.journey = v.journey and cg.stage = v.stage
left join int_goals g on g.session_key = v.session_key and g.journey = v.journey and g.stage = v.stage
left join tasks k on k.session_key = v.session_key and k.journey = v.journey and k.stage = v.stage and k.place = 1
left join int_people p on p.person_id = v.person_id and v.started_at >= p.valid_from and v.started_at < p.valid_until
