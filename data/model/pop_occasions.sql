-- one row an occasion of people: made of pop_visits only, so what a bot or a colleague did opens none
select * from fct_occasions
