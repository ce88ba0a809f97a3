-- The company's files as tables, by plain SQL: nothing of the product is used.
-- ev: one row an event; week counts from 1 = the week of 2025-05-26, in local time.
create or replace table ev as
with picked as (
    select user_pseudo_id as browser, user_id as customer, event_timestamp as ts, event_name as name, platform,
           device.category as device, device.operating_system as system, device.web_info.browser as agent, geo.region as region,
           app_info.version as version, ecommerce.transaction_id as order_id,
           date_diff('day', date '2025-05-26', strptime(event_date, '%Y%m%d')::date) // 7 + 1 as week,
           (date_diff('day', date '2025-05-26', strptime(event_date, '%Y%m%d')::date) % 7) >= 5 as weekend,
           list_filter(event_params, lambda p: p.key = 'ga_session_id')[1].value.int_value as ga,
           split_part(list_filter(event_params, lambda p: p.key = 'page_location')[1].value.string_value, '.example', 2) as page,
           case when event_name in ('add_to_cart', 'purchase', 'view_item')
                then list_filter(event_params, lambda p: p.key = 'item_category')[1].value.string_value end as kind,
           case when event_name = 'web_vitals'
                then list_filter(event_params, lambda p: p.key = 'lcp_ms')[1].value.int_value end as lcp,
           case when event_name = 'user_engagement'
                then list_filter(event_params, lambda p: p.key = 'engagement_time_msec')[1].value.int_value end as engaged,
           case when event_name = 'experiment_impression'
                then list_filter(event_params, lambda p: p.key = 'experiment')[1].value.string_value end as experiment,
           case when event_name = 'experiment_impression'
                then list_filter(event_params, lambda p: p.key = 'variant')[1].value.string_value end as variant,
           len(list_filter(event_params, lambda p: p.key = 'traffic_type')) > 0 as internal
    from read_parquet($folder || '/ga4/events-*.parquet'))
select *, browser || '.' || ga as session,
       case when page = '/' or page like '/c/%' or page like '/search%' then 'Find'
            when page like '/p/%' or page like '/reviews/%' then 'Evaluate'
            when page like '/configurator/%' then 'Decide'
            when page like '/cart%' or page like '/checkout/%' then 'Buy'
            else 'Engage' end as stage
from picked;

-- visits: one row a session and stage, without what is known to be no customer
create or replace table visits as
select session, stage, any_value(browser) as browser, max(customer) as customer, min(week) as week, min(ts) as ts,
       any_value(weekend) as weekend, any_value(platform) as platform, any_value(device) as device, any_value(region) as region,
       max(kind) as kind, max(order_id) as order_id, max(lcp) as lcp, (max(ts) - min(ts)) / 1e6 as seconds,
       count(*) filter (name = 'page_view') as views, count(distinct page) filter (name = 'page_view') as pages,
       count(*) filter (name = 'view_search_results') as searches,
       count(*) filter (name in ('js_error', 'form_error')) as errors,
       count(*) filter (name = 'rage_click') as rages,
       count(*) filter (name in ('js_error', 'form_error', 'rage_click', 'dead_click')) as frictions,
       count(*) filter (name = case stage when 'Find' then 'select_item' when 'Evaluate' then 'add_to_wishlist'
                                          when 'Decide' then 'save_configuration' when 'Buy' then 'purchase'
                                          else 'track_order' end) > 0 as done
from ev where not internal and coalesce(agent, '') <> 'AhrefsBot' and region <> 'Virginia'
group by session, stage;

create or replace table orders as
select *, ordered_at::timestamp as ts, strptime(promised_at, '%Y-%m-%dT%H:%M:%SZ') as promised,
       try_strptime(delivered_at, '%Y-%m-%dT%H:%M:%SZ') as delivered,
       date_diff('day', timestamp '2025-05-26', (ordered_at::timestamp + interval 1 hour)) // 7 + 1 as week
from read_csv($folder || '/plain/orders.csv', types = {'ordered_at': 'VARCHAR', 'promised_at': 'VARCHAR', 'delivered_at': 'VARCHAR'});

create or replace table people as select * from read_csv($folder || '/plain/people.csv');
create or replace table exposures as select * from read_csv($folder || '/plain/exposures.csv');
create or replace table invitations as select * from read_csv($folder || '/plain/invitations.csv');

create or replace table tickets as
select t.id, t.requester_id as requester, t.created_at::timestamp as created, t.status, t.tags, t.via.channel as via, t.via.source.rel as rel,
       list_filter(t.custom_fields, lambda f: f.id = 900000000401)[1].value as category,
       list_filter(t.custom_fields, lambda f: f.id = 900000000403)[1].value as browser, u.external_id as customer,
       m.reply_time_in_minutes.calendar / 60.0 as reply_hours, m.solved_at::timestamp as solved, r.score as rating,
       date_diff('day', timestamp '2025-05-26', (t.created_at::timestamp + interval 1 hour)) // 7 + 1 as week
from read_ndjson($folder || '/zendesk/tickets.ndjson', columns = {id: 'BIGINT', requester_id: 'BIGINT', created_at: 'VARCHAR', status: 'VARCHAR',
         tags: 'VARCHAR[]', via: 'STRUCT(channel VARCHAR, source STRUCT(rel VARCHAR))',
         custom_fields: 'STRUCT(id BIGINT, value VARCHAR)[]'}) t
left join read_ndjson($folder || '/zendesk/ticket_metrics.ndjson', columns = {ticket_id: 'BIGINT', solved_at: 'VARCHAR',
         reply_time_in_minutes: 'STRUCT(calendar BIGINT)'}) m on m.ticket_id = t.id
left join read_ndjson($folder || '/zendesk/users.ndjson', columns = {id: 'BIGINT', external_id: 'VARCHAR'}) u on u.id = t.requester_id
left join read_ndjson($folder || '/zendesk/satisfaction_ratings.ndjson', columns = {ticket_id: 'BIGINT', score: 'VARCHAR'}) r on r.ticket_id = t.id;
