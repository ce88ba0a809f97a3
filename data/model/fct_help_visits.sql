-- one row a session and journey with a view of a help page (help_paths of journey.toml): whether a counted request of the same person
-- followed within 72 hours of the last such view. It belongs to the help page's stage, else to the one the session was in before
with views as (
    select e.session_key, e.journey, e.stage, e.t, e.event_id
    from int_event_stages e join int_help_urls h on h.url = e.url
    where e.kind = 'view'),
spans as (
    select session_key, journey, min(t) as first_t, max(t) as last_t, count(*) as help_views from views group by session_key, journey),
staged as (
    -- the first help page that has a stage, else the last stage before the first help page
    select session_key, journey, stage,
           row_number() over (partition by session_key, journey order by of_help desc, case when of_help = 1 then t else -t end, event_id) as place
    from (select session_key, journey, stage, t, event_id, 1 as of_help from views where stage is not null
          union all
          select e.session_key, e.journey, e.stage, e.t, e.event_id, 0
          from spans s join int_event_stages e on e.session_key = s.session_key and e.journey = s.journey and e.t < s.first_t
          where e.stage is not null) as known),
located as (
    select v.*, s.person_id, s.linked, s.linked_before, s.known_before, s.is_bot, s.source, s.touch_channel, s.device, s.region, s.country,
           s.release, make_timestamp(v.first_t * 1000) as started_at, make_timestamp(v.last_t * 1000) as ended_at
    from spans v join int_sessions s on s.session_key = v.session_key),
asked as (
    select l.session_key, l.journey, max(case when t.created_at < l.started_at then 1 else 0 end) as earlier,
           max(case when t.created_at >= l.started_at then 1 else 0 end) as later
    from located l join pop_tickets t on t.person_id = l.person_id
      and t.created_at >= l.started_at - interval '72 hours' and t.created_at < l.ended_at + interval '72 hours'
    group by l.session_key, l.journey)
select v.session_key || '|' || v.journey || '|help' as visit_id, v.session_key, v.journey, g.stage, v.source,
       v.person_id, person_group(v.person_id) as person_group, v.linked, v.linked_before, v.known_before, v.started_at, v.ended_at,
       cast(v.started_at + o.offset_minutes * interval '1 minute' as date) as day, v.help_views,
       coalesce(a.earlier, 0) = 1 as asked_before, coalesce(a.later, 0) = 1 as contacted,
       coalesce(v.touch_channel, 'web') as touch_channel, v.device, coalesce(v.region, p.region) as region, v.country, v.release,
       v.is_bot, p.segment, p.account, coalesce(p.customer_since <= v.started_at, false) as customer,
       coalesce(p.staff_test, false) as staff_test, coalesce(p.internal_customer, false) as internal_customer
from located v
join cfg_offsets o on v.started_at >= o.from_utc and v.started_at < o.to_utc
left join staged g on g.session_key = v.session_key and g.journey = v.journey and g.place = 1
left join asked a on a.session_key = v.session_key and a.journey = v.journey
left join int_people p on p.person_id = v.person_id and v.started_at >= p.valid_from and v.started_at < p.valid_until
