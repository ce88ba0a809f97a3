-- one row an order id: the order another source's record means by it
select order_id, min(source) as source from src_orders group by order_id
