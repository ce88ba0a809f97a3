-- one row a ticket kept: what is counted of it. A ticket nobody can be tied to counts as one person
select @picks coalesce(f.person_id, cast(hash(f.ticket_key) % 1000000007 as bigint)) as person_id,
       coalesce(f.person_group, cast(hash(f.ticket_key) % 40 as bigint)) as person_group, @counts as counts
from counted_tickets as f
where @where
