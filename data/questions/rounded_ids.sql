-- one row a file and column whose ids a spreadsheet rounded: they are taken off, for different ids became the same
-- severity: severe
-- asks: {subject} ({source}): {records} of {total} ids were rounded by a spreadsheet ({example}) and are lost; they are used as no id.
-- remedy: Export again with that column as text; until then nobody is tied by it and each record stands alone.
select source, contract_table as touches, file || ', column ' || "column" as subject, records, "of" as total, example
from remarks where kind = 'rounded_id' order by records desc, subject
