-- one row an order (base) or a counted ticket of the journey (counted)
select @picks f.person_id, f.person_group, f.base, f.counted
from (
    select day, coalesce(person_id, cast(hash(order_key) % 1000000007 as bigint)) as person_id,
           coalesce(person_group, cast(hash(order_key) % 40 as bigint)) as person_group, segment, region, account,
           1 as base, 0 as counted
    from people_orders
    union all
    select day, coalesce(person_id, cast(hash(ticket_key) % 1000000007 as bigint)),
           coalesce(person_group, cast(hash(ticket_key) % 40 as bigint)), segment, region, account, 0, 1
    from counted_tickets where journey = $journey) as f
where @where
