-- one row an id that is asked for and known: its kind and its person
select m.kind, m.person_id
from person_map m
join (select unnest($kinds) as kind, unnest($ids) as value) a on a.kind = m.kind and a.value = m.value
where not m.shared
