-- one row a visit that counts: its columns, and what the measures say of a person whose first visit it is (unit_0, unit_1 …)
select f.*, u.* exclude (stage, in_journey, in_at, in_person)
from @fact as f
join (select f.stage, f.in_journey, f.in_at, f.person_id as in_person, @said from (@units) as f) as u
  on u.in_person is not distinct from f.person_id and u.stage is not distinct from cast(f.stage as varchar)
 and u.in_journey is not distinct from f.journey and u.in_at is not distinct from f.started_at
where @where
