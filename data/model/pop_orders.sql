-- one row an order of people: colleagues and test orders pay nothing that counts, and neither does an order that was cancelled
select * from fct_orders where not staff_test and cancelled_at is null
