-- one row a distinct url of an event, measurement, answer or ticket: path with query, and the same with its host
with seen as (
    select url from src_web_events where url is not null
    union select url from src_page_vitals where url is not null
    union select url from src_survey_answers where url is not null
    union select url from src_support_tickets where url is not null),
parts as (
    select url, lower(regexp_extract(url, '^[A-Za-z][A-Za-z0-9+.-]*://([^/?#:]*)', 1)) as host,
           regexp_replace(regexp_replace(url, '^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*', ''), '#.*$', '') as rest
    from seen),
tidy as (
    -- /cart/ is /cart, and the site's bare host is /
    select url, host, case when rest = '' or rest like '?%' then '/' || rest
                           else regexp_replace(rest, '(.)/+(\?|$)', '\1\2') end as location
    from parts)
select url, location, '//' || host || location as full_location from tidy where url <> ''
