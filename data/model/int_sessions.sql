-- one row a session: who, when, where from; the person by the strongest id the session carries; a bot by its own word
-- (declared) or by its behaviour
with doubles as (select session_key, count(*) as times from int_doubled group by session_key),
sessions as (
    select session_key, min(source) as source, max(session_id) as session_id, min(t) as first_t, max(t) as last_t, count(*) as events,
           count(*) filter (where kind = 'view') as views, count(*) filter (where kind in ('click', 'search', 'start', 'submit', 'act')) as actions,
           bool_or(session_derived) as session_derived, max(id_customer_id) as customer_id, max(id_email) as email,
           max(id_vendor_id) as vendor_id, min(id_anonymous_id) as anonymous_id, min(visitor) as visitor,
           bool_or(is_bot) as is_bot, min(touch_channel) as touch_channel, min(device) as device, min(region) as region,
           min(country) as country, max(release) as release,
           bool_and(kind in ('view', 'other', 'assignment')) and max(t) - min(t) < 1000 as is_brief
    from int_events group by session_key),
counted as (
    -- empty: one page, nothing done on it, over within a second
    select s.*, coalesce(d.times, 0) as doubled, is_brief and views - coalesce(d.times, 0) = 1 as is_empty
    from sessions s left join doubles d on d.session_key = s.session_key),
judged as (
    -- only a visitor with a cookie and no name can be told apart: without consent each event stands alone
    select *, anonymous_id is not null and customer_id is null and email is null as tellable,
           is_empty and anonymous_id is not null and customer_id is null and email is null
             and count(*) over (partition by visitor) = 1 as is_hollow
    from counted),
usual as (
    -- a source that never records more than one event a visit says nothing about behaviour
    select source from judged where tellable group by source having avg(case when is_hollow then 1.0 else 0.0 end) <= 0.5),
crawled as (
    -- a place and device from which a week's visitors come once, see one page and are gone, nearly all of them
    select j.source, j.first_t // 604800000 as week, j.country, coalesce(j.region, '') as region, coalesce(j.device, '') as device
    from judged j join usual u on u.source = j.source
    where j.tellable and j.country is not null
    group by 1, 2, 3, 4, 5
    having count(*) >= 20 and avg(case when j.is_hollow then 1.0 else 0.0 end) >= 0.95)
select s.session_key, s.source, s.session_id, s.first_t, s.last_t, s.events - s.doubled as events, s.session_derived,
       s.views - s.doubled as views, s.actions, s.doubled, s.is_empty,
       s.is_bot or w.week is not null as is_bot,
       case when s.is_bot then 'declared' when w.week is not null then 'behaviour' end as bot_basis,
       s.touch_channel, s.device, s.region, s.country, s.release,
       -- on a device that many share each session is somebody else's
       coalesce(c.person_id, e.person_id, v.person_id, case when not a.shared then a.person_id end,
                stand_in(case when a.shared then s.session_key else s.visitor end)) as person_id,
       coalesce(c.linked, e.linked, v.linked, a.linked and not a.shared, false) as linked,
       coalesce(c.person_id, e.person_id, v.person_id) is not null
         or not coalesce(a.shared, false) and (coalesce(epoch_ms(a.login_at) <= s.last_t, false) or coalesce(epoch_ms(a.outcome_at) < s.first_t, false)) as linked_before,
       -- nobody is known by a login on a device that many share; not known by a request for help or an answer: whoever asked for help once is likelier to again
       coalesce(c.person_id, e.person_id, v.person_id) is not null
         or not coalesce(a.shared, false) and (coalesce(epoch_ms(a.login_at) <= s.last_t, false) or coalesce(epoch_ms(a.order_at) < s.first_t, false)) as known_before,
       coalesce(a.shared, false) as shared_device
from judged s
left join crawled w on s.is_hollow and w.source = s.source and w.week = s.first_t // 604800000 and w.country = s.country
  and w.region = coalesce(s.region, '') and w.device = coalesce(s.device, '')
left join int_person_map c on c.kind = 'customer_id' and c.value = s.customer_id
left join int_person_map e on e.kind = 'email' and e.value = s.email
left join int_person_map v on v.kind = 'vendor_id' and v.value = s.vendor_id
left join int_person_map a on a.kind = 'anonymous_id' and a.value = s.anonymous_id
