-- one row an order people placed, whether it was cancelled later or not: what they did, not what it was worth
select * from fct_orders where not staff_test
