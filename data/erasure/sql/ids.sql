-- one row an id of the persons, and of whoever else is known by one of the ids
with asked as (select unnest($kinds) as kind, unnest($ids) as value),
persons as (
    select person_id from person_map where list_contains($persons, person_id)
    union select m.person_id from person_map m join asked a on a.kind = m.kind and a.value = m.value where not m.shared)
select m.person_id, m.kind, m.value from person_map m join persons p on p.person_id = m.person_id where not m.shared
