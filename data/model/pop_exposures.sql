-- one row an exposure and person: of people who count, so without colleagues, without ids that several people share, and without
-- those whose every visit is a bot's
select e.experiment, e.variant, e.exposed_at, m.person_id, m.linked
from src_exposures e join int_person_map m on m.kind = e.unit_kind and m.value = e.unit
where not m.shared and m.person_id not in (select p.person_id from int_people p where p.staff_test)
  and m.person_id not in (select v.person_id from fct_visits v where v.person_id is not null group by v.person_id having bool_and(v.is_bot))
