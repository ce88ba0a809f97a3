-- one row: how many orders of people were cancelled, of how many
select count(cancelled_at) as cancelled, count(*) as orders from placed_orders where ($start is null or day between $start and $end)
