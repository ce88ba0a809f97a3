-- one row a person with a visit and cell: how many tickets of that stage came in the same period, whenever the person became known
select @picks f.person_id, f.person_group, count(distinct t.ticket_key) as tickets
from people_visits as f
left join (select ticket_key, person_id, journey, stage, day from counted_tickets) as t
  on t.person_id = f.person_id and t.journey = f.journey and @same_stage and @same_time
where @where
group by all
