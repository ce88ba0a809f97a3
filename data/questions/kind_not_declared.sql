-- one row a survey whose answers measure something and count in no metric, because nobody said what kind of survey it is
-- severity: look
-- asks: {records} answers of survey '{subject}' ({source}) measure {metric} and count in no stage and no score: nobody said what kind of survey it is.
-- remedy: Add [[survey]] name = "{subject}" with kind = "transactional" (about one stage), "relationship" (about the company), "intercept", "post_contact" or "research" to journey.toml.
select source, 'survey_answers' as touches, survey as subject, count(*) as records, count(*) as total, string_agg(distinct metric, ', ' order by metric) as metric
from int_answers where metric is not null and score is not null and survey_kind is null
group by source, survey order by records desc, source, subject
