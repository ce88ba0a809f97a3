-- one row an estimand and week: what the company's own files say by plain SQL, y of n; nothing of the product is used
with events as (
    select user_pseudo_id || '.'
               || list_filter(event_params, lambda p: p.key = 'ga_session_id')[1].value.int_value as session,
           event_name as name, event_timestamp as ts,
           date_diff('day', date '2025-05-26', strptime(event_date, '%Y%m%d')::date) // 7 + 1 as week,
           split_part(list_filter(event_params, lambda p: p.key = 'page_location')[1].value.string_value,
                      '.example', 2) as page,
           -- nobody's visit: testers, the crawler that says so, and the one that pretends to be a browser
           len(list_filter(event_params, lambda p: p.key = 'traffic_type')) > 0
               or coalesce(device.web_info.browser, '') = 'AhrefsBot' or geo.region = 'Virginia' as no_customer
    from read_parquet($folder || '/ga4/events-*.parquet')),
staged as (
    select *, case when page = '/' or page like '/c/%' or page like '/search%' then 'Find'
                   when page like '/p/%' or page like '/reviews/%' then 'Evaluate'
                   when page like '/configurator/%' then 'Decide'
                   when page like '/cart%' or page like '/checkout/%' then 'Buy'
                   when page like '/account/%' or page like '/help/%' then 'Engage' end as stage
    from events where not no_customer and name <> 'experiment_impression'),      -- being drawn into a test is no step
stepped as (
    select *, coalesce(lag(page) over (partition by session, stage, name order by ts), '') <> page as new_page
    from staged where stage is not null),
visits as (
    select session, stage, min(week) as week,
           bool_or(name = case stage when 'Find' then 'select_item' when 'Evaluate' then 'add_to_wishlist'
               when 'Decide' then 'save_configuration' when 'Buy' then 'purchase' else 'track_order' end) as done,
           bool_or(name in ('js_error', 'form_error')) as wrong,
           -- pages entered, double tags counted once, less pages known: how often somebody went back
           count(*) filter (name = 'page_view' and new_page) > count(distinct page) filter (name = 'page_view') as back
    from stepped group by session, stage),
sessions as (
    select session, min(week) as week, bool_or(stage = 'Buy' and done) as bought from visits group by session),
staff as (
    select customer_id from read_csv($folder || '/plain/people.csv', all_varchar = true) where staff_test = 'true'),
accounts as (
    select customer_id, account from read_csv($folder || '/plain/people.csv', all_varchar = true) where account <> ''),
answers as (
    select distinct on (ResponseId) ResponseId as id, customer_id, RecordedDate::timestamp as ts,
           regexp_extract(filename, '([^/]+)[.]csv$', 1) as survey, split_part(url, '.example', 2) as page,
           try_cast(Q1 as integer) as q1, try_cast(Q11 as integer) as q11, try_cast(Q2 as integer) as q2,
           date_diff('day', timestamp '2025-05-26', RecordedDate::timestamp) // 7 + 1 as week
    from read_csv($folder || '/qualtrics/*.csv', header = true, all_varchar = true, union_by_name = true,
                  filename = true)
    where ResponseId like 'R_%' and Status = '0' and Finished = '1'
      and coalesce(customer_id, '') not in (select customer_id from staff)),
satisfied as (
    select coalesce(q11, q1) >= 4 as yes, week,
           case survey when 'configurator-csat' then 'Decide' when 'checkout-csat' then 'Buy'
                when 'delivery-csat' then 'Engage'
                else case when page = '/' or page like '/c/%' or page like '/search%' then 'Find' else 'Evaluate' end
           end as stage
    from answers
    where survey in ('browse-csat', 'browse-csat-v2', 'configurator-csat', 'checkout-csat', 'delivery-csat')
      and coalesce(q11, q1) is not null),
votes as (
    -- the latest answer of a person, of an account in B2B
    select a.q1, a.week from answers a left join accounts c using (customer_id)
    where a.survey = 'relationship-nps' and a.q1 is not null
    qualify row_number() over (partition by coalesce(c.account, nullif(a.customer_id, ''), a.id)
                               order by a.ts desc, a.id desc) = 1)
select 'completion_rate' as metric, stage, week, cast(count(*) filter (done) as double) as y, count(*) as n
    from visits group by all
union all select 'error_rate', stage, week, count(*) filter (wrong), count(*)
    from visits where stage = 'Buy' group by all
union all select 'backtrack_rate', stage, week, count(*) filter (back), count(*)
    from visits where stage = 'Decide' group by all
union all select 'conversion_visit', null, week, count(*) filter (bought), count(*) from sessions group by all
union all select 'csat_t2b_5', stage, week, count(*) filter (yes), count(*) from satisfied group by all
union all select 'nps_transactional', 'Engage', week,
       100 * (count(*) filter (q2 >= 9) - count(*) filter (q2 <= 6)), count(*)
    from answers where survey = 'delivery-csat' and q2 is not null group by all
union all select 'nps_relationship', null, week,
       100 * (count(*) filter (q1 >= 9) - count(*) filter (q1 <= 6)), count(*)
    from votes group by all
