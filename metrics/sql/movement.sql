-- one row a pair of stages: how many visits went from the first straight to the second, in order of entering them, and of how
-- many people; without a second they ended there, having reached the first's goal (done) or not
with steps as (
    select session_key, person_id, stage, started_at, coalesce(goal_reached, false) as reached,
           lead(stage) over (partition by session_key order by started_at, s.position) as next_stage
    from people_visits v join (select journey as j, stage as st, position from cfg_stages) s on s.j = v.journey and s.st = v.stage
    where v.journey = $journey and ($start is null or v.day between $start and $end))
select stage as from_stage, next_stage as to_stage, next_stage is null and reached as done, count(*) as visits, count(distinct person_id) as persons
from steps group by all
order by visits desc, from_stage, to_stage, done
