-- one row a survey and journey: the stage the first rule in file order gives it
with fits as (
    select a.survey, r.journey, r.stage, row_number() over (partition by a.survey, r.journey order by r.rule) as place
    from (select distinct survey from src_survey_answers) as a
    join cfg_rules r on r.kind = 'survey' and lower(a.survey) = r.pattern)
select survey, journey, stage from fits where place = 1
