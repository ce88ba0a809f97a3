-- one row a person who struggled in the stage within the days, by their last such occasion: who also told of it or asked for help first
with last as (
    select o.person_id, o.started_at + f.offset_minutes * interval '1 minute' as local_at, o.touch_channel, o.device, o.errors, o.rage_clicks,
           o.dead_clicks, o.backtracks, o.has_goal, o.goal_reached, o.contacts, o.unhappy,
           row_number() over (partition by o.person_id order by o.started_at desc, o.episode desc) as place
    from people_occasions o join cfg_offsets f on o.started_at >= f.from_utc and o.started_at < f.to_utc
    where o.journey = $journey and o.stage = $stage and o.struggled and ($start is null or o.day between $start and $end))
select * exclude (place) from last
where place = 1 and not exists (select 1 from people p where p.person_id = last.person_id and not p.consent)
order by coalesce(unhappy, false) desc, contacts desc, frictions(errors, rage_clicks, dead_clicks) desc, local_at desc, person_id
limit 6
