-- one row a kind of refusal, column and reason of the sources asked for: the commonest first, with its first row and what stood there
select kind, "column", reason, arg_min(found, row), arg_min(allowed, row), count(distinct (file, row)), min(row), arg_min(file, row)
from (select distinct kind, "column", reason, found, allowed, row, file, source from refusals)
where $source is null or source = $source
group by kind, "column", reason
order by count(distinct (file, row)) desc, reason
