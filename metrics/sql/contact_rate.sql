-- one row a person linked before and cell: whether a ticket of that stage came in the same period.
-- Linked before: a ticket creates the link it is counted by, so whoever became known by it would always have one
select @picks f.person_id, f.person_group, max(case when t.person_id is not null then 1 else 0 end) as contacted
from people_visits as f
left join (select distinct person_id, journey, stage, day from counted_tickets where linked_before) as t
  on t.person_id = f.person_id and t.journey = f.journey and @same_stage and @same_time
where @where
group by all
