-- one row a survey and stage of at least so many people: invitations a week of the last thirteen, the share answered, of a survey that asks about the stage
select i.survey, a.stage, count(*) / 13.0 as weekly, avg(case when i.answered then 1.0 else 0.0 end) as response
from people_invitations i cross join meta m
join (select distinct lower(survey) as survey, stage from scored_answers where journey = $journey and stage is not null and decides) a on a.survey = lower(i.survey)
where i.day > m.last_day - 121 and i.day <= m.last_day - 30 group by all having count(distinct i.person_id) >= $least order by all
