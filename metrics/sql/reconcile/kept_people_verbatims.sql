-- one row a text as people_verbatims has it, with those of colleagues and tests where they are kept
select * from verbatims where not staff_test or $staff
