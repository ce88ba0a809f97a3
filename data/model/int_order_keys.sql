-- one row an order id: the order another source's record means by it
select order_id, source from int_orders
