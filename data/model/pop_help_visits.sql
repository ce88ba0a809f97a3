-- one row a session of people with a view of a help page, and journey: no bots, and nobody who works for or tests the company
select * from fct_help_visits where not is_bot and not staff_test
