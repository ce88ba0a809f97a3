-- one row a source and key that begins anew in each file or form: the records are told apart by it
-- severity: look
-- asks: {source}: {subject} begins anew in each {part}, so {records} of {total} records that share a number are kept apart.
-- remedy: If they are versions of one record after all, name that record's own number as {subject}.
select r.source, r.contract_table as touches, r."column" as subject, r.records, greatest(r."of", r.records) as total, r.example as part
from remarks r where r.kind = 'restarted_key' order by r.records desc, r.source
