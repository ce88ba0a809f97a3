-- one row an answer that is about an occasion of its stage: by its session, else the person's last one within 14 days
with spans as (
    select o.person_id, o.journey, o.stage, o.episode, min(v.started_at) as started_at, max(v.ended_at) as ended_at
    from int_visit_occasions o join fct_visits v on v.visit_id = o.visit_id
    group by o.person_id, o.journey, o.stage, o.episode),
by_session as (
    select a.answer_key, a.journey, o.person_id, o.stage, o.episode, 0 as basis, v.ended_at
    from int_staged_answers a join fct_visits v on v.session_key = a.session_key and v.journey = a.journey and v.stage = a.stage
    join int_visit_occasions o on o.visit_id = v.visit_id),
by_order as (
    -- the occasion in which the order was placed, where the answer is about that stage
    select a.answer_key, a.journey, o.person_id, o.stage, o.episode, 1 as basis, v.ended_at
    from int_staged_answers a
    join int_order_keys k on k.order_id = a.order_id
    join int_order_sessions s on s.source = k.source and s.order_id = k.order_id
    join fct_visits v on v.session_key = s.session_key and v.journey = a.journey and v.stage = a.stage
    join int_visit_occasions o on o.visit_id = v.visit_id),
by_person as (
    select a.answer_key, a.journey, s.person_id, s.stage, s.episode, 2 as basis, s.ended_at
    from int_staged_answers a join spans s on s.person_id = a.person_id and s.journey = a.journey and s.stage = a.stage
      and s.started_at <= coalesce(a.invited_at, a.responded_at)
      and s.ended_at >= coalesce(a.invited_at, a.responded_at) - interval '14 days'
    where a.session_key is null),
ranked as (
    select *, row_number() over (partition by answer_key, journey order by basis, ended_at desc) as place
    from (select * from by_session union all select * from by_order union all select * from by_person) as candidate)
select answer_key, journey, person_id, stage, episode from ranked where place = 1
