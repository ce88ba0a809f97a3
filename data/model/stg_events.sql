-- one row a web event that carries any id, its session scoped to the files it comes from and, where browsers share it, to the browser
select e.source, file, row, event_id, occurred_at, epoch_ms(occurred_at) as t, lower(trim(event_name)) as event_name,
       case when e.session_id is not null then s.scope || ':' || e.session_id || case when h.session_id is null then ''
            else '@' || coalesce(id_anonymous_id, id_customer_id, id_vendor_id, id_email, '') end end as given_session,
       e.session_id,
       coalesce('a:' || id_anonymous_id, 'c:' || id_customer_id, 'v:' || id_vendor_id, 'e:' || id_email,
                'r:' || e.source || ':' || event_id) as visitor,
       id_anonymous_id, id_customer_id, id_vendor_id, id_email,
       coalesce(url, '') as url, target, x, y,
       lower(touch_channel) as touch_channel, lower(device) as device, region, country, release, language, trim(task) as task,
       coalesce(is_bot, false) as is_bot
from src_web_events e join cfg_sources s on s.source = e.source
left join int_shared_sessions h on h.scope = s.scope and h.session_id = e.session_id
-- sent without consent or without a visitor's number: which of them were one visit nobody can tell
where coalesce(e.session_id, id_anonymous_id, id_customer_id, id_vendor_id, id_email) is not null
