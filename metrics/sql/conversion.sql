-- one row a person (or browser) and cell: whether an order followed within 30 days of the first visit in it; a purchase seen in
-- a visit counts also where it cannot be tied to an order: who refuses cookies buys without a name. Not where all its orders were cancelled
with begun as (
    select @picks f.person_id, f.person_group, min(f.started_at) as at
    from people_visits as f
    where @where
    group by all),
bought as (
    select person_id, ordered_at from people_orders
    union all
    select v.person_id, v.ended_at from people_visits v
    join cfg_goals g on g.journey = v.journey and g.stage = v.stage and (g.kind = 'order' or g.pattern = 'purchase')
    where v.goal_reached and not exists (
        select 1 from placed_orders c where c.session_key = v.session_key group by c.session_key having count(*) = count(c.cancelled_at)))
select @names b.person_id, b.person_group, max(case when o.person_id is not null then 1 else 0 end) as ordered
from begun b
left join bought o on o.person_id = b.person_id and o.ordered_at >= b.at and o.ordered_at < b.at + interval '30 days'
group by all
