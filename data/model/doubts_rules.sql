-- one row a goal, event rule or survey of journey.toml that nothing in the data matches
select 'goal of ' || g.stage as what, 'event:' || g.pattern as pattern
from cfg_goals g where g.kind = 'event' and not exists (select 1 from int_events e where lower(e.event_name) = g.pattern)
union all
select 'events of ' || r.stage, r.pattern
from cfg_rules r where r.kind = 'event' and not exists (select 1 from int_events e where lower(e.event_name) = r.pattern)
union all
select 'surveys of ' || r.stage, r.pattern
from cfg_rules r where r.kind = 'survey' and not exists (select 1 from int_answers a where lower(a.survey) = r.pattern)
union all
select '[[survey]]', s.name
from cfg_surveys s where not exists (select 1 from int_answers a where lower(a.survey) = lower(s.name))
    and not exists (select 1 from fct_invitations i where lower(i.survey) = lower(s.name))
order by what, pattern
