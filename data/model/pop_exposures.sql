-- one row an exposure and person: of people who count, so without colleagues, without ids that several people share, and without machines
select e.experiment, e.variant, e.exposed_at, m.person_id, m.linked
from fct_exposures e join int_person_map m on m.kind = e.unit_kind and m.value = e.unit
where not e.is_bot and not m.shared and m.person_id not in (select p.person_id from int_people p where p.staff_test)
