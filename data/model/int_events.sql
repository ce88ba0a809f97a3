-- one row a web event with its session: the source's own, else 30 minutes without an event end it
with buckets as (
    -- two events in one half hour of a visitor are never 30 minutes apart, so the window runs over half hours only
    select visitor, t // 1800000 as bucket, min(t) as first_t, max(t) as last_t
    from stg_events where given_session is null
    group by visitor, t // 1800000),
starts as (
    select visitor, bucket,
           case when first_t - lag(last_t) over (partition by visitor order by bucket) <= 1800000 then null
                else first_t end as start_t
    from buckets),
derived as (
    select visitor, bucket,
           max(start_t) over (partition by visitor order by bucket rows between unbounded preceding and current row) as start_t
    from starts)
select coalesce(e.given_session, e.visitor || '@' || cast(d.start_t as varchar)) as session_key,
       e.given_session is null as session_derived, e.session_id,
       e.source, e.event_id, e.occurred_at, e.t, e.event_name, coalesce(k.kind, 'other') as kind, e.visitor,
       e.id_anonymous_id, e.id_customer_id, e.id_vendor_id, e.id_email, e.url, e.target, e.x, e.y,
       e.touch_channel, e.device, e.region, e.country, e.release, e.task, e.is_bot
from stg_events e
left join derived d on e.given_session is null and d.visitor = e.visitor and d.bucket = e.t // 1800000
left join cfg_event_kinds k on k.event_name = e.event_name
