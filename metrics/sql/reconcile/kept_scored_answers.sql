-- one row an answer as scored_answers has it, with those of colleagues and tests where they are kept; $utc: by days of UTC
select * exclude (score, score_high) replace (
           case when $utc and day is not null then cast(case when survey_kind = 'relationship' then coalesce(responded_at, experienced_at) else experienced_at end as date) else day end as day),
       score as given_score, score_high as score
from answers
where not elsewhere and (unscored_because is null or $staff and staff_test and score is not null and metric is not null and form is not null)
