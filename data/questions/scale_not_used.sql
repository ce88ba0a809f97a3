-- one row a question of whose scale no answer uses the upper half: the scores may be on another scale
-- severity: severe
-- asks: {source}: none of {records} scores of {metric} in survey '{subject}' is above {highest}, on a scale said to be {scale_min} to {scale_max}.
-- remedy: If they were given on another scale, mend scale_min and scale_max (and metric) in the [[source]] block.
select source, 'survey_answers' as touches, survey as subject, metric, count(*) as records, count(*) as total,
       printf('%g', max(score)) as highest, printf('%g', scale_min) as scale_min, printf('%g', scale_max) as scale_max
from int_answers where score is not null and metric is not null and scale_max - scale_min >= 4
group by source, survey, metric, scale_min, scale_max
having count(*) >= 30 and max(score) <= (scale_min + scale_max) / 2
order by source, subject
