-- one row a measurement of a page by people, and journey: no bots, and nobody who works for or tests the company
select v.* from fct_vitals v
where not v.is_bot and not exists (select 1 from int_people p where p.person_id = v.person_id and p.staff_test)
