-- one row a person known before and cell: what their contacts about that stage within 30 days of their first visit in it cost.
-- Known before: as in contact_rate.sql
with begun as (
    select @picks f.person_id, f.person_group, f.journey as on_journey, min(f.started_at) as at
    from people_visits as f
    where @where
    group by all),
followed as (
    select f.*, t.cost
    from begun as f
    left join counted_tickets as t
      on t.person_id = f.person_id and t.journey = f.on_journey and @same_stage and t.created_at >= f.at and t.created_at < f.at + interval '30 days')
select @names person_id, person_group, coalesce(sum(cost), 0) as cost
from followed
group by all
