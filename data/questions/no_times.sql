-- one row a file and column of times in which the zero of a calendar stands for no time
-- severity: look
-- asks: {subject} ({source}): {example} in {records} of {total} records is the zero of a calendar and is taken as no time.
-- remedy: Nothing to do, unless something did happen then.
select source, contract_table as touches, file || ', column ' || "column" as subject, records, "of" as total, example
from remarks where kind = 'no_time' order by records desc, subject
