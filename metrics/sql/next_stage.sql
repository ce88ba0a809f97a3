-- one row a person (or browser), stage and cell: whether the stage below it in journey.toml was visited within 7 days of the first visit
-- in it, and whether in the same session. A visit of the next stage that was already going on counts where it went on afterwards
with begun as (
    select @picks f.person_id, f.person_group, f.journey as on_journey, f.stage as on_stage, min(f.started_at) as began,
           min_by(f.session_key, f.started_at) as in_session
    from people_visits as f
    where @where
    group by all),
ahead as (
    select b.*, n.stage as to_stage
    from begun as b
    join cfg_stages as s on s.journey = b.on_journey and s.stage = b.on_stage
    join cfg_stages as n on n.journey = s.journey and n.position = s.position + 1),
followed as (
    select a.*, v.session_key as came
    from ahead as a
    left join people_visits as v
      on v.person_id = a.person_id and v.journey = a.on_journey and v.stage = a.to_stage
      and v.ended_at >= a.began and v.started_at < a.began + interval '7 days')
select @names person_id, person_group, max(case when came is not null then 1 else 0 end) as next_stage,
       max(case when came = in_session then 1 else 0 end) as next_stage_at_once
from followed
group by @names person_id, person_group, on_stage
