-- one row a way in which answers to these questions were given: the metric and scale, what they are asked about, why they count in no
-- score (null: they do), and how many answers
select metric, form, cast(scale_min as varchar) as lowest, cast(scale_max as varchar) as top, asked_about, unscored_because, count(*) as answers
from people_answers
where journey = $journey and not elsewhere and list_contains($metrics, metric) and ($stage is null or stage = $stage)
group by all order by answers desc
