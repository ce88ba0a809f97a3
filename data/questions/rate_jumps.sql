-- one row a file whose scores are not like those of the other files of its source
-- severity: severe
-- asks: {subject} ({source}): the {records} scores of {metric} average {own}, those of the source's other files {others}, on the same scale.
-- remedy: That file may use another scale, direction or column: read it as a [[source]] of its own.
with scored as (
    select source, file, metric, scale_min, scale_max, count(*) as n, avg(score) as m, coalesce(var_samp(score), 0) as v
    from src_survey_answers where score is not null and metric is not null and scale_max > scale_min group by all),
whole as (
    select *, sum(n) over w - n as other_n, (sum(n * m) over w - n * m) / nullif(sum(n) over w - n, 0) as other_m,
           sum((n - 1) * v) over w / nullif(sum(n - 1) over w, 0) as pooled
    from scored window w as (partition by source, metric, scale_min, scale_max))
select source, 'survey_answers' as touches, file as subject, metric, n as records, cast(n + other_n as bigint) as total, printf('%.1f', m) as own, printf('%.1f', other_m) as others
from whole
where n >= 20 and other_n >= 20 and abs(m - other_m) >= 0.3 * (scale_max - scale_min)
  and abs(m - other_m) >= 5 * sqrt(greatest(pooled, 0.04) * (1.0 / n + 1.0 / other_n))
order by source, subject
