-- one row a question to which everybody gave the same score
-- severity: look
-- asks: {source}: all {records} scores of {metric} in survey '{subject}' are {score}.
-- remedy: Check that the column holds what people chose, not a default or the scale's end.
select source, 'survey_answers' as touches, survey as subject, metric, count(*) as records, count(*) as total, printf('%g', max(score)) as score
from int_answers where score is not null and metric is not null
group by source, survey, metric having count(*) >= 50 and min(score) = max(score)
order by source, subject
