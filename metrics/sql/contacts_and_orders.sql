-- one row an order (base) or a counted ticket of the journey (counted)
select @picks f.person_id, f.person_group, f.base, f.counted
from (
    select day, coalesce(person_id, own_person(order_key)) as person_id,
           coalesce(person_group, own_group(order_key)) as person_group, segment, region, account,
           1 as base, 0 as counted
    from people_orders
    union all
    select day, coalesce(person_id, own_person(ticket_key)),
           coalesce(person_group, own_group(ticket_key)), segment, region, account, 0, 1
    from counted_tickets where journey = $journey) as f
where @where
