-- one row a session, journey and stage with friction: rage clicks (the source's own, else three clicks on one target
-- within a second and 30 px, text fields and steppers apart), dead clicks, errors, backtracks, repeated submits
with clicks as (
    select session_key, journey, stage, t, x, y, target,
           lag(t, 2) over (partition by session_key, journey, target order by t, event_id) as t2,
           lag(x, 2) over (partition by session_key, journey, target order by t, event_id) as x2,
           lag(y, 2) over (partition by session_key, journey, target order by t, event_id) as y2
    from int_event_stages
    where kind = 'click' and target is not null
      and not regexp_matches(lower(target), 'input|textarea|select|stepper|quantity|plus|minus|carousel|slider|next|prev')),
raged as (
    select session_key, journey, stage, count(*) as rage_derived from clicks
    where t - t2 <= 1000
      and (x is null or x2 is null or y is null or y2 is null or sqrt((x - x2) * (x - x2) + (y - y2) * (y - y2)) <= 30)
    group by session_key, journey, stage),
steps as (
    select session_key, journey, stage, position, kind, url, target, t,
           lag(position) over (partition by session_key, journey order by t, position, event_id) as position_before
    from int_event_stages where kind = 'view' and stage is not null),
pages as (
    -- a return to a page of the stage seen before, with another page of it in between
    select session_key, journey, stage, t, event_id, split_part(url, '?', 1) as page,
           row_number() over (partition by session_key, journey, stage, split_part(url, '?', 1) order by t, event_id) as sight,
           lag(split_part(url, '?', 1)) over (partition by session_key, journey, stage order by t, event_id) as page_before
    from int_event_stages where kind = 'view' and stage is not null),
backs as (
    select session_key, journey, stage, count(*) as backtracks
    from (select session_key, journey, stage from steps where position < position_before
          union all select session_key, journey, stage from pages where sight > 1 and page <> page_before) as returned
    group by session_key, journey, stage),
submits as (
    select session_key, journey, stage, sum(times - 1) as repeated_submits
    from (select session_key, journey, stage, url, target, count(*) as times from int_event_stages
          where kind = 'submit' group by session_key, journey, stage, url, target) as form
    where times > 1 group by session_key, journey, stage),
counted as (
    select session_key, journey, stage,
           count(*) filter (where kind = 'rage') as rage_given, count(*) filter (where kind = 'dead') as dead_clicks,
           count(*) filter (where kind = 'error') as errors, count(*) filter (where kind = 'search') as searches,
           count(*) filter (where kind = 'view') as page_views,
           count(*) filter (where kind in ('click', 'submit', 'act')) as actions,
           count(*) filter (where kind = 'start') as form_starts, count(*) filter (where kind = 'submit') as submits
    from int_event_stages where stage is not null
    group by session_key, journey, stage)
select c.session_key, c.journey, c.stage, c.page_views, c.actions, c.searches, c.errors, c.dead_clicks,
       case when c.rage_given > 0 then c.rage_given else coalesce(r.rage_derived, 0) end as rage_clicks,
       coalesce(b.backtracks, 0) as backtracks, coalesce(s.repeated_submits, 0) as repeated_submits,
       c.form_starts, c.submits
from counted c
left join raged r on r.session_key = c.session_key and r.journey = c.journey and r.stage = c.stage
left join backs b on b.session_key = c.session_key and b.journey = c.journey and b.stage = c.stage
left join submits s on s.session_key = c.session_key and s.journey = c.journey and s.stage = c.stage
