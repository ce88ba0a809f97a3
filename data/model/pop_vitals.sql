-- one row a measurement of a page by people, and journey
select v.* from fct_vitals v
where not exists (select 1 from int_people p where p.person_id = v.person_id and p.staff_test)
