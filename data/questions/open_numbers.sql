-- one row a file and column of numbers in which the sign before three digits may be the decimals' or the thousands'
-- severity: severe
-- asks: {subject} ({source}): {example} may also be a thousand times as much or little, and none of {total} values tells; {reading}.
-- remedy: State decimal = "," or decimal = "." for this source.
select source, contract_table as touches, file || ', column ' || "column" as subject, records, "of" as total, example,
       case when contains(example, ',') then 'the comma is read as between thousands' else 'the point is read as before decimals' end as reading
from remarks where kind = 'open_number' order by records desc, subject
