-- one row a source and time column most of whose records carry the same moment: the export's, not theirs
-- severity: severe
-- asks: {source}: {records} of {total} records carry the same {subject}, {moment}.
-- remedy: That may be when the file was exported, not when it happened: map the column that holds the record's own time.
with moments as (
    select source, touches, "column", t, count(*) as records, sum(count(*)) over (partition by source, touches, "column") as total
    from dated where t is not null and t <> date_trunc('day', t) group by source, touches, "column", t)
select source, touches, "column" as subject, records, cast(total as bigint) as total, strftime(t, '%d %b %Y %H:%M') as moment
from moments where total >= 30 and records >= 0.5 * total and touches <> 'web_events'
order by source, subject
