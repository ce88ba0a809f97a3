-- one row a visit of people: no bots, and nobody who works for or tests the company. Every share of visits is taken of these
select * from fct_visits where not is_bot and not staff_test
