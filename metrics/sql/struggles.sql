-- one row a visit: how long it took, whether it met a rage click, dead click or error, and its stratum: stage, outcome, channel,
-- device, customer then
select @picks f.person_id, f.person_group, f.started_at as since, case when f.friction then 1 else 0 end as exposed, 1e0 as weight,
       f.dwell_ms, concat_ws('|', f.journey, f.stage, coalesce(cast(f.goal_reached as varchar), 'no goal'), f.touch_channel,
                             coalesce(f.device, ''), cast(f.customer as varchar)) as stratum
from people_visits as f
where @where
