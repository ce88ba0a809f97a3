-- one row an id that too many share to stand for a person, by its shape: the value itself is not shown
-- severity: look
-- asks: One {subject} is shared by too many ({customers} × {by_what}) and stands for no person; it is taken off {records} of {total} records that have such an id, which are tied by their other ids or to no person.
-- remedy: Map the column that names the person who wrote, not the form or the account they wrote through; name the value under nulls = ["…"] to say so.
with taken as (select kind, value, sum(records) as records, max("of") as total from int_shared_records group by kind, value)
select null as source, 'all' as touches, s.kind || case when s.kind in ('email', 'phone') then '' else ' (it looks like ' || value_shape(s.value) || ')' end as subject,
       cast(t.records as bigint) as records, cast(t.total as bigint) as total, s.customers, s.by_what
from int_shared s join taken t on t.kind = s.kind and t.value = s.value
order by records desc, subject
