-- one row a visit as people_visits has it, with those it leaves out where they are kept; $utc: by days of UTC; $midnight: one visit a day of it, its goal
-- reached on the day it was
with placed as (
    select v.*,
           case when $utc then cast(v.started_at as date) else v.day end as first_day,
           cast(v.ended_at + case when $utc then 0 else coalesce(o.offset_minutes, 0) end * interval '1 minute' as date) as last_day,
           cast(v.goal_at + case when $utc then 0 else coalesce(o.offset_minutes, 0) end * interval '1 minute' as date) as goal_day
    from visits v
    left join cfg_offsets o on v.ended_at >= o.from_utc and v.ended_at < o.to_utc
    where (not v.is_bot or v.bot_basis = 'declared' and $bots_declared or v.bot_basis = 'behaviour' and $bots_by_behaviour) and (not v.staff_test or $staff)),
parted as (
    select *, unnest(case when $midnight and last_day > first_day then [first_day, last_day] else [first_day] end) as part from placed)
select * exclude (first_day, last_day, goal_day, part) replace (
           part as day, case when $midnight then session_key || '@' || cast(part as varchar) else session_key end as session_key,
           case when $midnight then goal_reached and goal_day = part else goal_reached end as goal_reached)
from parted
