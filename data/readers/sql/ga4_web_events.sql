-- one row a GA4 record that is something a person did (not a measurement of the page)
create or replace temp view _ga4_web as
select e._file, e._row,
       case when t.place is null then e.id else e.id || '-' || t.place end as event_id,
       e.occurred_at,
       case e.event_name when 'view_search_results' then 'search' when 'screen_view' then 'page_view'
            when 'exception' then 'js_error' else e.event_name end as event_name,
       e.customer_id, e.anonymous_id, e.session_id,
       coalesce(vals[list_position(keys, 'page_location')], vals[list_position(keys, 'firebase_screen')]) as url,
       vals[list_position(keys, 'page_referrer')] as referrer,
       coalesce(e.campaign, vals[list_position(keys, 'campaign')]) as campaign,
       coalesce(vals[list_position(keys, 'target')], vals[list_position(keys, 'message')],
                vals[list_position(keys, 'description')], vals[list_position(keys, 'link_url')]) as target,
       try_cast(vals[list_position(keys, 'x')] as double) as x,
       try_cast(vals[list_position(keys, 'y')] as double) as y,
       try_cast(vals[list_position(keys, 'value')] as double) as value,
       e.touch_channel, e.device, e.region, e.country, e.language,
       coalesce(vals[list_position(keys, 'app_version')], e.app_version) as release,
       e.product, coalesce(e.category, nullif(vals[list_position(keys, 'item_category')], '(not set)')) as task,
       case when regexp_matches(e.browser, '(?i)bot\b|bot/|crawler|spider|headless') then true end as is_bot,
       case when len(e.rest) > 0 then '{' || array_to_string(e.rest, ',') || '}' end as properties
from _ga4 e
left join _ga4_twins t on t._file = e._file and t._row = e._row
where e.event_name is distinct from 'web_vitals'
  and not coalesce(e.event_name in ('LCP', 'INP', 'CLS', 'FCP', 'TTFB'), false);
