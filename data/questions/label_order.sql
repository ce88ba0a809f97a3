-- one row a question in which a better word stands beside a lower score: scores that run against the words chosen with them
-- severity: severe
-- asks: {source}: in {metric} of survey '{subject}' the score beside '{worse}' is {worse_score} and beside the better '{better}' {better_score}; {records} of {total} scores do not follow their words.
-- remedy: If the lowest number is the best, state higher_is_better = false in the [[source]] block (if it is stated and not so, take it out); else mend values or the column of score.
with means as (
    select a.source, a.survey, a.metric, coalesce(a.question_id, '') as question_id, a.choice, k.scale, k.place, count(*) as n, avg(a.score) as score,
           case when bool_and(coalesce(a.higher_is_better, true)) then 1 else -1 end as way
    from src_survey_answers a join label_places k on k.choice = a.choice and k.source = a.source and k.survey = a.survey
      and k.question_id = coalesce(a.question_id, '')
    where a.score is not null and a.metric is not null group by 1, 2, 3, 4, 5, 6, 7),
steps as (
    select *, lag(score) over w as before, lag(choice) over w as word_before, sum(n) over (partition by source, survey, metric, question_id, scale) as total
    from means where n >= 3 window w as (partition by source, survey, metric, question_id, scale order by place, score)),
bad as (
    select source, survey, metric, question_id, scale, sum(n) as records, max(total) as total, arg_min(word_before, place) as worse, arg_min(choice, place) as better,
           printf('%g', round(arg_min(before, place), 2)) as worse_score, printf('%g', round(arg_min(score, place), 2)) as better_score
    from steps where (score - before) * way < 0 group by source, survey, metric, question_id, scale)
select source, 'survey_answers' as touches, survey as subject, metric, cast(max(records) as bigint) as records, cast(max(total) as bigint) as total,
       any_value(worse) as worse, any_value(better) as better, any_value(worse_score) as worse_score, any_value(better_score) as better_score
from bad group by source, survey, metric, question_id
order by records desc, source, subject
