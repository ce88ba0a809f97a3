-- one row a visit with the occasion it belongs to: a new one after 7 quiet days or once the goal was reached
with ordered as (
    select visit_id, person_id, journey, stage, started_at, ended_at, goal_reached,
           lag(ended_at) over (partition by person_id, journey, stage order by started_at, visit_id) as ended_before,
           lag(goal_reached) over (partition by person_id, journey, stage order by started_at, visit_id) as reached_before
    from pop_visits),
marked as (
    select *, case when ended_before is null or started_at - ended_before >= interval '7 days'
                     or coalesce(reached_before, false) then 1 else 0 end as opens
    from ordered)
select visit_id, person_id, journey, stage,
       sum(opens) over (partition by person_id, journey, stage order by started_at, visit_id
                        rows between unbounded preceding and current row) as episode
from marked
