-- one row a session: who, when, where from; the person by the strongest id the session carries
with sessions as (
    select session_key, min(source) as source, max(session_id) as session_id, min(t) as first_t, max(t) as last_t, count(*) as events,
           count(*) filter (where kind = 'view') as views, count(*) filter (where kind in ('click', 'search', 'start', 'submit', 'act')) as actions,
           bool_or(session_derived) as session_derived, max(id_customer_id) as customer_id, max(id_email) as email,
           max(id_vendor_id) as vendor_id, min(id_anonymous_id) as anonymous_id, min(visitor) as visitor,
           bool_or(is_bot) as is_bot, min(touch_channel) as touch_channel, min(device) as device, min(region) as region,
           min(country) as country, max(release) as release
    from int_events group by session_key)
select s.session_key, s.source, s.session_id, s.first_t, s.last_t, s.events, s.views, s.actions, s.session_derived, s.is_bot, s.touch_channel, s.device,
       s.region, s.country, s.release,
       -- on a device that many share each session is somebody else's
       coalesce(c.person_id, e.person_id, v.person_id, case when not a.shared then a.person_id end,
                cast('0x' || substr(sha256(case when a.shared then s.session_key else s.visitor end), 1, 15) as bigint)) as person_id,
       coalesce(c.linked, e.linked, v.linked, a.linked and not a.shared, false) as linked,
       coalesce(c.person_id, e.person_id, v.person_id) is not null
         or coalesce(epoch_ms(a.login_at) <= s.last_t, false) or coalesce(epoch_ms(a.outcome_at) < s.first_t, false) as linked_before,
       coalesce(a.shared, false) as shared_device
from sessions s
left join int_person_map c on c.kind = 'customer_id' and c.value = s.customer_id
left join int_person_map e on e.kind = 'email' and e.value = s.email
left join int_person_map v on v.kind = 'vendor_id' and v.value = s.vendor_id
left join int_person_map a on a.kind = 'anonymous_id' and a.value = s.anonymous_id
