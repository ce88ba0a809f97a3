-- one row a file of which much is bad: how many of how many, and the commonest fault with its first record
-- severity: severe
-- asks: {file} ({source}): {records} of {total} records are bad, most of them: {reason}{place}; first in row {row}{what}. What was loaded may be read wrongly, too.
-- remedy: Mend that in the [[source]] block (dates, decimal, columns, values), or in the export.
with bad as (
    select r.source, r.file, r.reason, any_value(r."column") as "column", min(r.row) as row, min_by(r.found, r.row) as found, min_by(r.allowed, r.row) as allowed,
           count(distinct r.row) as n
    from refusals r where r.kind = 'bad' group by r.source, r.file, r.reason),
ranked as (select *, sum(n) over (partition by source, file) as bad, row_number() over (partition by source, file order by n desc, reason) as place from bad),
filled as (
    -- which table a block fills: what it loaded, else what it was told to
    select source, file, min(touches) as touches from landed_tables group by source, file)
select r.source, r.file as subject, r.file, coalesce(f.touches, 'all') as touches, cast(r.bad as bigint) as records, l.rows_in as total, r.reason,
       case when r."column" is null then '' else ', column ' || r."column" end as place, r.row,
       -- a shape, never the value: a refused cell may hold somebody's name or number
       case when r.found is null then '' else ', found ' || value_shape(r.found) end || case when r.allowed is null then '' else ', allowed ' || r.allowed end as what
from ranked r join loads l on l.source = r.source and l.file = r.file
left join filled f on f.source = r.source and f.file = r.file
where r.place = 1 and l.rows_in > 0 and r.bad >= 0.2 * l.rows_in
order by l.place
