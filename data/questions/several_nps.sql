-- one row a source and survey that asks for the recommendation in several questions of one response: only one of them has a vote
-- severity: severe
-- asks: {source}: {subject} asks for NPS in {questions} questions of one response ({names}), {records} responses in all; each person has one vote, so only one of them counts.
-- remedy: Give each question a survey of its own (constants survey = "…", a [[source]] block each), or leave out those that do not ask about the company as a whole.
with asked as (
    select source, survey, response_id, question_id
    from src_survey_answers where lower(metric) = 'nps' and score is not null group by source, survey, response_id, question_id),
responses as (
    select source, survey, response_id, count(*) as questions from asked group by source, survey, response_id having count(*) > 1),
named as (
    select source, survey, count(distinct question_id) as questions, string_agg(distinct question_id, ', ' order by question_id) as names
    from asked group by source, survey)
select r.source, 'survey_answers' as touches, r.survey as subject, count(*) as records,
       (select count(distinct response_id) from asked a where a.source = r.source and a.survey = r.survey) as total,
       n.questions, n.names
from responses r join named n on n.source = r.source and n.survey = r.survey
group by r.source, r.survey, n.questions, n.names having count(*) >= 3
order by r.source, r.survey
