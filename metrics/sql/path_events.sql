-- one row an event of the visits asked for, in order, in the company's time: what was looked at and done, and what went wrong. The first
-- $most of a visit; `events` counts them all. What looks like an address or a number of somebody is masked
with own as (
    select session_key, t, kind, event_name, case when $staged then stage end as stage,
           case when kind = 'view' then regexp_replace(regexp_replace(url, '^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*', ''), '[?#].*$', '')
                else target end as what,
           row_number() over (partition by session_key order by t) as place, count(*) over (partition by session_key) as events
    from people_events
    where person_id = $person and t >= $from_t and session_key in (select unnest($sessions))
      and (kind in ('view', 'search', 'act', 'start', 'submit') or is_friction(kind)))
select e.session_key, make_timestamp(e.t * 1000) + o.offset_minutes * interval '1 minute' as local_at, e.kind, e.event_name, e.stage, e.events,
       regexp_replace(e.what, '[^/ ]*(@|%40)[^/ ]*|[0-9]{5,}|[0-9a-fA-F]{8}-[0-9a-fA-F-]{12,}|[0-9a-fA-F]{16,}', '…', 'g') as what
from own e join cfg_offsets o on make_timestamp(e.t * 1000) >= o.from_utc and make_timestamp(e.t * 1000) < o.to_utc
where e.place <= $most
order by e.t, e.place
