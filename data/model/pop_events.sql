-- one row an event of people: the events kept in parts, without those of bots and colleagues
select e.* from events e
where not e.is_bot and not exists (select 1 from int_people p where p.person_id = e.person_id and p.staff_test)
