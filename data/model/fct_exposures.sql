-- one row an exposure, and whether it is a machine's: whoever was exposed came, and every time as a bot, in whatever stage or none. Of whom no session
-- is recorded nobody can tell
with machines as (
    select person_id from int_sessions where person_id is not null group by person_id having bool_and(is_bot))
select e.*, coalesce(m.person_id in (select b.person_id from machines b), false) as is_bot
from src_exposures e
left join int_person_map m on m.kind = e.unit_kind and m.value = e.unit
