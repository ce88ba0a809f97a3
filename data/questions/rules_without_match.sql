-- one row a stage, goal, event rule or survey of journey.toml that nothing in the data matches
-- severity: look
-- asks: journey.toml: {what}: '{pattern}' matches nothing in the data.
-- remedy: Check its spelling against what the Data page lists as unmapped.
with unmatched as (
select 'stage' as what, s.stage as pattern from cfg_stages s
where not exists (select 1 from fct_visits v where v.journey = s.journey and v.stage = s.stage)
  and not exists (select 1 from fct_answers a where a.journey = s.journey and a.stage = s.stage)
  and not exists (select 1 from fct_tickets t where t.journey = s.journey and t.stage = s.stage)
union all
select 'goal of ' || g.stage, 'event:' || g.pattern
from cfg_goals g where g.kind = 'event' and not exists (select 1 from int_events e where lower(e.event_name) = g.pattern)
union all
select 'events of ' || r.stage, r.pattern
from cfg_rules r where r.kind = 'event' and not exists (select 1 from int_events e where lower(e.event_name) = r.pattern)
  -- other names of the same thing are written beside it
  and not exists (select 1 from cfg_rules o join int_events e on lower(e.event_name) = o.pattern where o.kind = 'event' and o.journey = r.journey and o.stage = r.stage)
union all
select 'surveys of ' || r.stage, r.pattern
from cfg_rules r where r.kind = 'survey' and not exists (select 1 from int_answers a where lower(a.survey) = r.pattern)
union all
select '[[survey]]', s.name
from cfg_surveys s where not exists (select 1 from int_answers a where lower(a.survey) = lower(s.name))
    and not exists (select 1 from fct_invitations i where lower(i.survey) = lower(s.name))
union all
select 'felt of ' || p.name, coalesce(nullif(p.survey, '') || '/', '') || p.question || ' = ' || p.answer
from (select distinct name, survey, question, answer from cfg_promises where fact = 'answers') as p
where not exists (select 1 from fct_answers a
                  where (a.question_id = p.question or lower(trim(a.question)) = lower(trim(p.question)))
                    and (p.survey = '' or lower(p.survey) = lower(a.survey))
                    and coalesce(lower(trim(a.choice)) = lower(trim(p.answer)), a.score = try_cast(p.answer as double)))
order by what, pattern)
select null as source, 'all' as touches, what || ' ' || pattern as subject, 1::bigint as records, (select count(*) from cfg_rules) as total, what, pattern
from unmatched
