-- one row a break in what is recorded: the day it begins, the last day it lasts (none: until now), its kind, the level before
-- and after, and what to say. linked, volume: the level moves and stays, or leaves for a week; doubled, bots: found and taken
-- out; hollow: one-page visits without time that nobody explains
with placed as (
    select s.session_key, s.linked, s.is_bot, s.bot_basis, s.is_empty, s.events, s.views, s.doubled,
           cast(make_timestamp(s.first_t * 1000) + o.offset_minutes * interval '1 minute' as date) as day
    from int_sessions s
    join cfg_offsets o on make_timestamp(s.first_t * 1000) >= o.from_utc and make_timestamp(s.first_t * 1000) < o.to_utc),
dated as (
    select p.*, week_of(p.day) as week from placed p),
weeks as (
    select week, count(*) filter (where not is_bot) as n, count(*) as everybody,
           avg(case when linked then 1.0 else 0.0 end) filter (where not is_bot) as linked,
           avg(events) filter (where not is_bot) as volume,
           avg(case when is_empty then 1.0 else 0.0 end) filter (where not is_bot) as hollow,
           sum(doubled) * 1.0 / nullif(sum(views + doubled), 0) as doubled,
           avg(case when bot_basis = 'behaviour' then 1.0 else 0.0 end) as bots
    from dated group by week),
series as (
    select 'linked' as kind, week, n, linked as x from weeks
    union all select 'volume', week, n, volume from weeks
    union all select 'hollow', week, n, hollow from weeks),
around as (
    select kind, week, n, x, count(*) over b as weeks_before, count(*) over f as weeks_after,
           avg(x) over b as before, avg(x) over f as after, min(x) over b as low_before, max(x) over b as high_before,
           min(x) over f as low_after, max(x) over f as high_after, sum(n) over b as n_before, sum(n) over f as n_after,
           avg(x) over g as next_weeks, abs(x - lag(x) over w) as step
    from series
    window w as (partition by kind order by week),
           b as (partition by kind order by week rows between 3 preceding and 1 preceding),
           f as (partition by kind order by week rows between current row and 2 following),
           g as (partition by kind order by week rows between 1 following and 3 following)),
moved as (
    -- three weeks on one side, three on the other, and a gap between them that chance does not make
    select kind, week, before, after, step, max(step) over (partition by kind order by week rows between 2 preceding and 2 following) as largest
    from around
    where weeks_before = 3 and weeks_after = 3 and least(n_before, n_after) >= 150 and (low_after > high_before or high_after < low_before)
      and case kind when 'linked' then abs(after - before) >= 0.08
                      and abs(after - before) >= 5 * sqrt(before * (1 - before) / n_before + after * (1 - after) / n_after)
               when 'volume' then after >= before * 1.25 or after <= before * 0.8 else false end),
levels as (
    select kind, week as day, lead(week) over (partition by kind order by week) - 1 as until, before, after
    from moved where step = largest),
leaps as (
    -- a week unlike those before and after it
    select kind, week as day, week + 6 as until, before, x as after
    from around a
    where weeks_before = 3 and next_weeks is not null and n >= 50
      and case kind when 'volume' then (x >= 1.4 * before and x >= 1.4 * next_weeks) or (x <= 0.7 * before and x <= 0.7 * next_weeks)
               when 'hollow' then x >= before + 0.05 and x >= next_weeks + 0.05
                      and x - before >= 5 * sqrt(before * (1 - before) / n_before + x * (1 - x) / n) else false end
      and not exists (select 1 from levels l where l.kind = a.kind and l.day <= a.week and (l.until is null or l.until >= a.week))),
found as (
    select 'doubled' as kind, week, doubled as x from weeks where doubled >= 0.02
    union all select 'bots', week, bots from weeks where bots >= 0.01),
islands as (
    select kind, week, x, week - cast(7 * row_number() over (partition by kind order by week) as integer) as island from found),
taken_out as (
    select kind, min(week) as day, max(week) + 6 as until, 0.0 as before, max(x) as after from islands group by kind, island),
every as (
    select kind, day, until, before, after from levels
    union all select kind, day, until, before, after from leaps
    union all select kind, day, until, before, after from taken_out)
select kind, day, until, before, after, after - before as size,
       case kind
           when 'linked' then cast(cast(round(100 * after) as integer) as varchar) || ' % of visits are linked to a person, not '
                              || cast(cast(round(100 * before) as integer) as varchar)
           when 'volume' then cast(round(after, 1) as varchar) || ' events a visit are recorded, not ' || cast(round(before, 1) as varchar)
           when 'hollow' then cast(cast(round(100 * after) as integer) as varchar) || ' % of visits are one page without any time on it, not '
                              || cast(cast(round(100 * before) as integer) as varchar)
           when 'doubled' then cast(cast(round(100 * after) as integer) as varchar)
                               || ' % of page views came again within a second; each is counted once'
           else cast(cast(round(100 * after) as integer) as varchar)
                || ' % of visits behave like a crawler that does not say so; they are left out as bots' end as text
from every
