-- one row an order of people: colleagues and test orders pay nothing that counts
select * from fct_orders where not staff_test
