-- one row a survey: how many known people were invited to it in the period, and how many of those invitations were answered within 30 days
select lower(survey) as survey, count(*) as invited, count(*) filter (where answered) as answered, count(distinct person_id) as persons
from people_invitations
where person_id is not null and ($start is null or day between $start and $end)
group by lower(survey)
order by survey
