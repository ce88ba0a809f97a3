-- one row an order (base) or a counted ticket of the journey (counted)
select @picks f.person_id, f.person_group, f.base, f.counted
from (
    select day, coalesce(person_id, stand_in(order_key)) as person_id,
           coalesce(person_group, person_group(stand_in(order_key))) as person_group, segment, region, account,
           1 as base, 0 as counted
    from people_orders
    union all
    select day, coalesce(person_id, stand_in(ticket_key)),
           coalesce(person_group, person_group(stand_in(ticket_key))), segment, region, account, 0, 1
    from counted_tickets where journey = $journey) as f
where @where
