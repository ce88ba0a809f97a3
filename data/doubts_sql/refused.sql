-- one row a file of which much is bad: how many of how many, and the commonest fault with its first record
with bad as (
    select source, file, reason, any_value("column") as "column", min(row) as row, min_by(found, row) as found, min_by(allowed, row) as allowed,
           count(distinct row) as n
    from refusals where kind = 'bad' group by source, file, reason),
ranked as (select *, sum(n) over (partition by source, file) as bad, row_number() over (partition by source, file order by n desc, reason) as place from bad)
select l.source, l.file, l.rows_in, r.bad, r.reason, r."column", r.row, r.found, r.allowed
from ranked r join loads l on l.source = r.source and l.file = r.file
where r.place = 1 and l.rows_in > 0 and r.bad >= $share * l.rows_in
order by l.place
