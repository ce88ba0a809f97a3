-- one row a session of the journey: views, actions, how long, whether it reached any goal
select @picks f.person_id, f.person_group, f.views, f.actions, f.ms, f.reached
from (
    select session_key, journey, min(day) as day, min(person_id) as person_id, min(person_group) as person_group,
           max(session_views) as views, max(session_actions) as actions, max(session_ms) as ms,
           coalesce(bool_or(goal_reached), false) as reached,
           min(touch_channel) as touch_channel, min(device) as device, min(region) as region, min(country) as country,
           min(segment) as segment, min(account) as account, bool_and(customer) as customer, min(release) as release, min(task) as task
    from people_visits v where @sessions group by session_key, journey) as f
where @where
