-- one row a dated note of the journey's stages or of none: a release, a campaign, an initiative with where it went live, a research note
select a.annotation_key, a.day, coalesce(a.until_day, cast(a.until as date)) as until, coalesce(a.kind, '') as kind, a.stage, a.text, a.initiative, a.metric, a.dimension, a.value,
       a.method, a.participants, a.severity
from annotations a
where a.stage is null or a.stage in (select s.stage from cfg_stages s where s.journey = $journey)
order by a.day, a.annotation_key
