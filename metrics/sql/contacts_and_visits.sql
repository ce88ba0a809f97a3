-- one row a visit (base) or a counted ticket (counted) of a stage
select @picks f.person_id, f.person_group, f.base, f.counted
from (
    select journey, stage, day, person_id, person_group, segment, region, account, customer, 1 as base, 0 as counted
    from people_visits
    union all
    select journey, stage, day, coalesce(person_id, stand_in(ticket_key)),
           coalesce(person_group, person_group(stand_in(ticket_key))), segment, region, account, customer, 0, 1
    from counted_tickets) as f
where @where
