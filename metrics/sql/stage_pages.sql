-- one row a page of the stage: visits that saw it, views, friction events on it, exits (the last page of a visit that left the journey
-- there, page_exit_rate by page), and the sums by person of exits over views
with seen as (
    select regexp_replace(regexp_replace(url, '^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*', ''), '[?#].*$', '') as page, session_key, person_id, kind, t
    from people_events
    where stage = $stage and t >= $from_t and t < $to_t),
left_on as (
    -- a visit that goes on after the period has not left in it
    select s.session_key, arg_max(s.page, s.t) as page
    from seen s join people_visits v on v.session_key = s.session_key and v.journey = $journey and v.stage = $stage
    where s.kind = 'view' and v.is_last_stage and epoch_ms(v.ended_at) < $to_t
    group by s.session_key),
visited as (
    select s.page, s.session_key, s.person_id, count(*) filter (where s.kind = 'view') as views,
           count(*) filter (where is_friction(s.kind)) as frictions, case when any_value(l.page) = s.page then 1 else 0 end as exits
    from seen s left join left_on l on l.session_key = s.session_key
    group by s.page, s.session_key, s.person_id),
people as (
    select page, person_id, count(*) filter (where views > 0) as visits, sum(views) as n, sum(frictions) as frictions, sum(exits) as y
    from visited group by page, person_id)
select page, sum(visits)::bigint as visits, sum(n)::bigint as views, sum(frictions)::bigint as frictions, sum(y)::bigint as exits,
       count(*) as persons, count(*) filter (where n > 0) as c, sum(n * n)::double as nn, sum(n * y)::double as ny, sum(y * y)::double as yy,
       sum(pow(n, 3)) as n3, sum(pow(n, 4)) as n4
from people
group by page having count(*) >= $few and sum(n) > 0
order by frictions desc, views desc, page limit $most
