-- one row a reason of counted tickets of the stage: how many, from how many people, and of how many requests of the stage in all.
-- What is left of the whole without the listed reasons is told only where it is of enough people, else the listed ones are the whole
with reasons as (
    select coalesce(category, '(no reason)') as reason, count(*) as tickets, count(distinct coalesce(cast(person_id as varchar), ticket_key)) as persons
    from counted_tickets
    where journey = $journey and stage = $stage and ($start is null or day between $start and $end)
    group by 1),
ranked as (
    select *, persons >= $few and row_number() over (partition by persons >= $few order by tickets desc, reason) <= $most as listed from reasons),
rest as (
    select sum(tickets) filter (where listed) as said, sum(tickets) as every,
           coalesce(sum(persons) filter (where not listed), 0) as others from ranked)
select r.reason, r.tickets, r.persons, case when t.others >= $few or t.others = 0 then t.every else t.said end as requests
from ranked r, rest t
where r.listed order by r.tickets desc, r.reason
