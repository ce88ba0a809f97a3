-- one row a dated note: a release, an incident, a campaign, a holiday
select a.source || ':' || a.id as annotation_key, a."at", a.until, a.kind, a.stage, a.text,
       a.initiative, a.metric, a.dimension, a.value, a.method, a.participants, a.severity,
       cast(a."at" + o.offset_minutes * interval '1 minute' as date) as day,
       cast(a.until + u.offset_minutes * interval '1 minute' as date) as until_day
from src_annotations a join cfg_offsets o on a."at" >= o.from_utc and a."at" < o.to_utc
left join cfg_offsets u on a.until >= u.from_utc and a.until < u.to_utc
