-- one row an answer about a stage and page of its stage seen in the occasion that was answered about; '' stands for an answer whose visits are
-- known, whatever they saw. Of all days: no period changes what was seen, and one look at the events serves every question
with asked as (
    select a.answer_key, o.person_id, o.journey, o.stage, o.started_at, o.ended_at
    from scored_answers a join people_occasions o
      on o.journey = a.journey and o.stage = a.stage and cast(o.person_id as varchar) || '|' || o.stage || '|' || cast(o.episode as varchar) = a.occasion_key
    where a.decides and a.asked_about = 'stage' and a.stage_basis <> 'last_stage' and a.journey = $journey),
came as (
    select distinct a.answer_key, a.stage, v.session_key
    from asked a join people_visits v on v.person_id = a.person_id and v.journey = a.journey and v.stage = a.stage
      and v.started_at between a.started_at and a.ended_at)
select distinct c.answer_key, regexp_replace(regexp_replace(e.url, '^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*', ''), '[?#].*$', '') as page
from came c join people_events e on e.session_key = c.session_key and e.stage = c.stage and e.kind = 'view'
union
select answer_key, '' from came
