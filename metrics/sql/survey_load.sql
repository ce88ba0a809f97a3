-- one row a survey: kind, answers, people, invitations, and the share that answered of those whose 30 days to answer are over and of whom it
-- is known who they are: nobody can tell whether the others did
with judged as (
    select i.*, i.person_id is not null and i.day < m.last_day - 30 as over from people_invitations i cross join meta m),
asked as (
    select survey, count(*) as invitations, avg(case when answered then 1.0 else 0.0 end) filter (where over) as response,
           count(distinct person_id) filter (where over and answered) as answerers,
           count(distinct person_id) filter (where over and not answered) as silent
    from judged group by survey)
select a.survey, min(a.survey_kind) as kind, min(a.trigger) as trigger, count(distinct a.source || a.response_id) as responses,
       count(distinct coalesce(cast(a.person_id as varchar), a.source || a.response_id)) as persons, max(i.invitations) as invitations, max(i.response) as response,
       max(i.answerers) as answerers, max(i.silent) as silent, min(a.stage) as stage,
       max(a.day) as latest
from people_answers a left join asked i on lower(i.survey) = lower(a.survey)
where a.journey = $journey and not a.elsewhere group by a.survey order by responses desc
