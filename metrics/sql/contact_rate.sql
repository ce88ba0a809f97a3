-- one row a person known before and cell: whether a ticket of that stage came within 7 days of their first visit in it.
-- Known before, by a login or an order: a ticket creates the link it is counted by, and whoever asked for help once asks again
with begun as (
    select @picks f.person_id, f.person_group, f.journey as on_journey, min(f.started_at) as at
    from people_visits as f
    where @where
    group by all),
followed as (
    select f.*, t.person_id as wrote
    from begun as f
    left join counted_tickets as t
      on t.person_id = f.person_id and t.journey = f.on_journey and @same_stage and t.created_at >= f.at and t.created_at < f.at + interval '7 days')
select @names person_id, person_group, max(case when wrote is not null then 1 else 0 end) as contacted
from followed
group by all
