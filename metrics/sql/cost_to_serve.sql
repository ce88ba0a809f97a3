-- one row a person linked before and cell: what their contacts about that stage in the same period cost.
-- Linked before: as in contact_rate.sql, whoever became known by a ticket would always have one
select @names person_id, person_group, coalesce(sum(cost), 0) as cost
from (
    select distinct @picks f.person_id, f.person_group, t.ticket_key, t.cost
    from people_visits as f
    left join (select ticket_key, person_id, journey, stage, day, cost from counted_tickets where linked_before) as t
      on t.person_id = f.person_id and t.journey = f.journey and @same_stage and @same_time
    where @where) as contact
group by all
