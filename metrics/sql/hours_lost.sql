-- one row a visit (its time, stratum and whether it met friction, as in struggles.sql) or a counted ticket of a stage (how long
-- its opener waited for a first reply, so far where there is none yet; nothing where the reply is dated before the request: that time is not known)
select @picks f.person_id, f.person_group, f.stratum, f.exposed, f.hours, f.waited
from (
    select journey, stage, day, person_id, person_group, segment, region, account, customer,
           concat_ws('|', journey, stage, coalesce(cast(goal_reached as varchar), 'no goal'), touch_channel, coalesce(device, ''),
                     cast(customer as varchar)) as stratum,
           case when friction then 1 else 0 end as exposed, dwell_ms / 3.6e6 as hours, 0e0 as waited
    from people_visits
    union all
    select t.journey, t.stage, t.day, coalesce(t.person_id, stand_in(t.ticket_key)),
           coalesce(t.person_group, person_group(stand_in(t.ticket_key))), t.segment, t.region, t.account, t.customer, 'waiting', null, 0e0,
           greatest(date_diff('millisecond', t.created_at, coalesce(t.first_reply_at, t.ended_at, m.data_as_of)), 0) / 3.6e6
    from counted_tickets t cross join meta m) as f
where @where
