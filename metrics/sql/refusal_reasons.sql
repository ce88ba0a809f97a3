-- one row a source, kind and reason: how many records, and an example with row, column, found, allowed
select source, file, kind, reason, count(distinct row) as records, min(row) as first_row,
       min("column") as column_name, min(found) as example, min(allowed) as allowed
from refusals group by source, file, kind, reason
order by case kind when 'bad' then 0 when 'superseded' then 1 when 'duplicate' then 2 else 3 end, records desc limit 60
