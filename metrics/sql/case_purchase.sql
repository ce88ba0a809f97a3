-- one row a stage and person group: people (or browsers) who entered the stage in the period, whether a visit of theirs reached its goal, and whether
-- and for how much they ordered within buyer_days (30 unless set) of the first visit; visits of as many last days are out
with begun as (
    select person_id, person_group, min(started_at) as at, bool_or(goal_reached) as reached
    from people_visits
    where journey = $journey and stage = $stage and has_goal and day between $start and $until
      and (cast($touch_channel as varchar[]) is null or list_contains(cast($touch_channel as varchar[]), cast(touch_channel as varchar)))
      and (cast($device as varchar[]) is null or list_contains(cast($device as varchar[]), cast(device as varchar)))
      and (cast($release as varchar[]) is null or list_contains(cast($release as varchar[]), cast(release as varchar)))
      and (cast($segment as varchar[]) is null or list_contains(cast($segment as varchar[]), cast(segment as varchar)))
      and (cast($region as varchar[]) is null or list_contains(cast($region as varchar[]), cast(region as varchar)))
    group by person_id, person_group),
bought as (
    select person_id, ordered_at, coalesce(margin_cents * (1 - coalesce(refunded_cents * 1e0 / nullif(amount_cents, 0), 0)),
                                           (amount_cents - coalesce(refunded_cents, 0)) * cast($margin_rate as double)) / 1e2 as earned
    from people_orders where person_id is not null),
seen as (
    -- a purchase seen in a visit counts also where it cannot be tied to an order: who refuses cookies buys without a name.
    -- Not where all its orders were cancelled
    select v.person_id, v.ended_at as ordered_at from people_visits v
    join cfg_goals g on g.journey = v.journey and g.stage = v.stage and (g.kind = 'order' or g.pattern = 'purchase')
    where v.goal_reached and not exists (
        select 1 from placed_orders c where c.session_key = v.session_key group by c.session_key having count(*) = count(c.cancelled_at))),
followed as (
    select b.person_id, b.person_group, b.reached, count(o.ordered_at) as orders, count(o.earned) as known, coalesce(sum(o.earned), 0) as earned
    from begun b left join bought o on o.person_id = b.person_id and o.ordered_at >= b.at and o.ordered_at < b.at + to_days(cast($buyer_days as integer))
    group by b.person_id, b.person_group, b.reached),
told as (
    select b.person_id from begun b join seen s on s.person_id = b.person_id and s.ordered_at >= b.at and s.ordered_at < b.at + to_days(cast($buyer_days as integer))
    group by b.person_id)
select $stage as stage, f.person_group, count(*) as people, count(*) filter (where f.reached) as reached,
       count(*) filter (where f.reached and (f.orders > 0 or t.person_id is not null)) as reached_bought,
       count(*) filter (where not f.reached and (f.orders > 0 or t.person_id is not null)) as unreached_bought,
       count(*) filter (where f.known > 0) as buyers, sum(f.earned) as earned, sum(f.orders) as orders, sum(f.known) as amounts_known,
       max(abs(f.earned)) as top, sum(abs(f.earned)) as mass
from followed f left join told t on t.person_id = f.person_id
group by f.person_group
order by f.person_group
