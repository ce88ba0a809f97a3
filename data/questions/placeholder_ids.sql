-- one row a file, column and word that stands where no id belongs to anybody
-- severity: look
-- asks: {subject} ({source}): {example} stands on {records} of {total} records and is nobody's id; these records are tied by their other ids or to no person.
-- remedy: Nothing to do where it stands for guests; if somebody really has this id, give them another in the export.
select source, contract_table as touches, file || ', column ' || "column" || ', ' || example as subject, records, "of" as total, example
from remarks where kind = 'placeholder_id' order by records desc, subject
