-- one row a session of the journey: whether it reached the goal of the last stage that asks for money or a final act
select @picks f.person_id, f.person_group, f.converted
from (
    select v.session_key, v.journey, min(v.day) as day, min(v.person_id) as person_id, min(v.person_group) as person_group,
           max(case when v.goal_reached and v.stage = g.stage then 1 else 0 end) as converted,
           min(v.touch_channel) as touch_channel, min(v.device) as device, min(v.region) as region, min(v.country) as country,
           min(v.segment) as segment, min(v.account) as account, bool_and(v.customer) as customer, min(v.release) as release, min(v.task) as task
    from people_visits v
    left join (select c.journey, c.stage, row_number() over (partition by c.journey order by
                        case when c.kind = 'order' or c.pattern = 'purchase' then 0 else 1 end, p.position desc) as place
               from cfg_goals c join cfg_stages p on p.journey = c.journey and p.stage = c.stage) as g
      on g.journey = v.journey and g.place = 1
    where @sessions
    group by v.session_key, v.journey) as f
where @where
