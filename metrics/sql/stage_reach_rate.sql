-- one row a session and stage of the journey: whether the session came there. Sessions are put together first and meet the stages then:
-- visits times stages would be grouped otherwise
select @picks f.person_id, f.person_group, f.reached
from (
    select s.*, c.stage, case when list_contains(s.stages, c.stage) then 1 else 0 end as reached
    from (
        select v.session_key, v.journey, list(v.stage) as stages, min(v.day) as day, min(v.person_id) as person_id,
               min(v.person_group) as person_group,
               min(v.touch_channel) as touch_channel, min(v.device) as device, min(v.region) as region, min(v.country) as country,
               min(v.segment) as segment, min(v.account) as account, bool_and(v.customer) as customer, min(v.release) as release, min(v.task) as task
        from people_visits v
        where @sessions
        group by v.session_key, v.journey) as s
    join cfg_stages c on c.journey = s.journey) as f
where @where
