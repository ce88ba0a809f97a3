-- one row a web-vitals record: the recipe's one event with all vitals, or an event a vital named after it
create or replace temp table _ga4_vitals as
with read_out as (
    select e.*,
           case when event_name <> 'web_vitals'
                then coalesce(vals[list_position(keys, 'metric_value')], vals[list_position(keys, 'value')]) end as one,
           case when event_name <> 'web_vitals' then vals[list_position(keys, 'metric_id')] end as measured
    from _ga4 e where event_name in ('web_vitals', 'LCP', 'INP', 'CLS', 'FCP', 'TTFB')),
vitals as (
    select r._file, r._row,
           coalesce(r.measured, case when t.place is null then r.id else r.id || '-' || t.place end) as event_id,
           r.occurred_at, r.customer_id, r.anonymous_id, r.session_id,
           vals[list_position(keys, 'page_location')] as url, r.device,
           coalesce(vals[list_position(keys, 'lcp_ms')], case event_name when 'LCP' then one end) as lcp_ms,
           coalesce(vals[list_position(keys, 'inp_ms')], case event_name when 'INP' then one end) as inp_ms,
           coalesce(vals[list_position(keys, 'cls')], case event_name when 'CLS' then one end) as cls,
           coalesce(vals[list_position(keys, 'fcp_ms')], case event_name when 'FCP' then one end) as fcp_ms,
           coalesce(vals[list_position(keys, 'ttfb_ms')], case event_name when 'TTFB' then one end) as ttfb_ms
    from read_out r left join _ga4_twins t on t._file = r._file and t._row = r._row)
select *, case when coalesce(lcp_ms, inp_ms, cls, fcp_ms, ttfb_ms) is null then 'excluded' end as _kind,
       case when coalesce(lcp_ms, inp_ms, cls, fcp_ms, ttfb_ms) is null then 'no vital in the record' end as _reason
from vitals;
