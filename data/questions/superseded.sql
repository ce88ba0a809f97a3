-- one row a source of whose records many had a key that came again with other content
-- severity: severe
-- asks: {source}: {records} of {total} records were left out because their key came again with other content; only the latest of each counts.
-- remedy: If they are not versions of one record, the key starts again in each file or form: map a column that is unique (or leave the key out: it is then made of file and row).
with read_in as (select source, sum(rows_in) as total from loads group by source),
gone as (select source, count(distinct file || '#' || row) as records from refusals
         where kind = 'superseded' and "column" is not null group by source),
filled as (select source, max_by(touches, records) as touches from landed_tables group by source)
select g.source, coalesce(f.touches, 'all') as touches, '' as subject, g.records, cast(r.total as bigint) as total
from gone g join read_in r on r.source = g.source left join filled f on f.source = g.source
where g.records >= 20 and g.records >= 0.1 * r.total
order by g.source
