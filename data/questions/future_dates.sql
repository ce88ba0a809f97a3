-- one row a source and time column that lies after the build: what happened cannot lie ahead
-- severity: severe
-- asks: {source}: {records} of {total} times in {subject} lie in the future, the latest on {latest}.
-- remedy: Day and month, or the zone, may be read the wrong way round: state dates = "…" (and timezone) in the [[source]] block. Plans do not belong in this column.
select source, touches, "column" as subject, count(*) filter (where t > now() at time zone 'UTC' + interval '1 day') as records, count(*) as total,
       strftime(max(t), '%d %b %Y') as latest
from dated where t is not null
group by source, touches, "column"
having count(*) filter (where t > now() at time zone 'UTC' + interval '1 day') > 0
order by source, subject
