-- one row a web event, its session id scoped to the files it comes from
select e.source, file, row, event_id, occurred_at, epoch_ms(occurred_at) as t, lower(trim(event_name)) as event_name,
       case when session_id is not null then s.scope || ':' || session_id end as given_session,
       session_id,
       coalesce('a:' || id_anonymous_id, 'c:' || id_customer_id, 'v:' || id_vendor_id, 'e:' || id_email,
                'r:' || e.source || ':' || event_id) as visitor,
       id_anonymous_id, id_customer_id, id_vendor_id, id_email,
       coalesce(url, '') as url, target, x, y,
       lower(touch_channel) as touch_channel, lower(device) as device, region, country, release, language, trim(task) as task,
       coalesce(is_bot, false) as is_bot
from src_web_events e join cfg_sources s on s.source = e.source
