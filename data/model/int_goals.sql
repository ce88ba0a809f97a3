-- one row a session, journey and stage whose goal the session reached: the first and the last time it did
with reached as (
    select e.session_key, g.journey, g.stage, e.t
    from int_events e join cfg_goals g on g.kind = 'event' and g.pattern = e.event_name
    union all
    select e.session_key, g.journey, g.stage, e.t
    from int_events e join int_url_goals g on g.url = e.url where e.kind = 'view'
    union all
    select s.session_key, g.journey, g.stage, o.t
    from int_order_sessions o join int_sessions s on s.session_key = o.session_key
    join cfg_goals g on g.kind = 'order')
select session_key, journey, stage, min(t) as first_t, max(t) as reached_t from reached group by session_key, journey, stage
