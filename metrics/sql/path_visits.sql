-- one row a visit of one person and each stage of it, newest visits first, in the company's time; `visits` counts them all
with own as (
    select v.session_key, v.stage, v.started_at + o.offset_minutes * interval '1 minute' as local_at,
           v.ended_at + o.offset_minutes * interval '1 minute' as until, v.started_at, v.device, v.touch_channel, v.page_views,
           v.errors, v.rage_clicks, v.dead_clicks, v.backtracks, v.goal_reached,
           min(v.started_at) over (partition by v.session_key) as visit_at
    from people_visits v join cfg_offsets o on v.started_at >= o.from_utc and v.started_at < o.to_utc
    where v.person_id = $person and v.journey = $journey),
placed as (
    select *, dense_rank() over (order by visit_at desc, session_key) as place from own),
counted as (
    select *, max(place) over () as visits, min(local_at) over () as first_at from placed)
select * exclude (visit_at) from counted where place <= $most order by place, started_at
