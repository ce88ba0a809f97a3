-- one row a reason of counted tickets of the stage: how many, from how many people
select coalesce(category, '(no reason)') as reason, count(*) as tickets, count(distinct coalesce(cast(person_id as varchar), ticket_key)) as persons
from counted_tickets
where journey = $journey and stage = $stage and ($start is null or day between $start and $end)
group by 1 having count(distinct coalesce(cast(person_id as varchar), ticket_key)) >= $few
order by tickets desc, reason limit 10
