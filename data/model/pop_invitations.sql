-- one row an invitation of people to a survey
select i.* from fct_invitations i
where not exists (select 1 from int_people p where p.person_id = i.person_id and p.staff_test)
