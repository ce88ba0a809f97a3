-- one row a session of the journey and stage: whether the session reached that stage's goal, wherever it went
select @picks f.person_id, f.person_group, f.reached
from (
    select v.session_key, v.journey, c.stage, min(v.day) as day, min(v.person_id) as person_id,
           min(v.person_group) as person_group, max(case when v.stage = c.stage and v.goal_reached then 1 else 0 end) as reached,
           min(v.touch_channel) as touch_channel, min(v.device) as device, min(v.region) as region, min(v.country) as country,
           min(v.segment) as segment, min(v.account) as account, bool_and(v.customer) as customer, min(v.release) as release, min(v.task) as task
    from people_visits v join (select distinct journey, stage from cfg_goals) c on c.journey = v.journey
    where @sessions
    group by v.session_key, v.journey, c.stage) as f
where @where
