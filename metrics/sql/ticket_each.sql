-- one row a ticket kept: what is counted of it. A ticket nobody can be tied to counts as one person
select @picks coalesce(f.person_id, stand_in(f.ticket_key)) as person_id,
       coalesce(f.person_group, person_group(stand_in(f.ticket_key))) as person_group, @counts as counts
from counted_tickets as f
where @where
