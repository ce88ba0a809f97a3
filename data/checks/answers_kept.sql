-- every answer loaded is an answer in each journey
select (select count(*) from src_survey_answers) as loaded, journey, count(*) as kept
from fct_answers group by journey having count(*) <> (select count(*) from src_survey_answers)
