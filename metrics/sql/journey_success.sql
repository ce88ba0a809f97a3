-- one row a person (or browser) and cell: whether the goal of the journey (of its stage named in journey.toml) was reached within 30 days
-- of the first visit in it; null where the journey has none
with begun as (
    select @picks f.person_id, f.person_group, f.journey as on_journey, min(f.started_at) as began
    from people_visits as f
    where @where
    group by all)
select @names b.person_id, b.person_group,
       max(case when j.goal is null then null when v.goal_at is not null then 1 else 0 end) as journey_goal
from begun b
join cfg_journeys j on j.journey = b.on_journey
left join (select person_id, journey as in_journey, stage as in_stage, goal_at from people_visits) v  -- nothing a breakdown is named by
  on v.person_id = b.person_id and v.in_journey = j.journey and v.in_stage = j.goal
  and v.goal_at >= b.began and v.goal_at < b.began + interval '30 days'
group by all
