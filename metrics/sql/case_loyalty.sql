-- one row a stage and person group: customers who came through the stage in the period, how those asked about it felt (their first answer), who of
-- them ordered nothing in the 90 days after it, and what the content who came back left us in these days (and the most of one of them, and all of it without its sign)
with passed as (
    select stage, person_id, person_group from people_visits
    where journey = $journey and day between $start and $end and linked
      and (cast($touch_channel as varchar[]) is null or list_contains(cast($touch_channel as varchar[]), cast(touch_channel as varchar)))
      and (cast($device as varchar[]) is null or list_contains(cast($device as varchar[]), cast(device as varchar)))
      and (cast($release as varchar[]) is null or list_contains(cast($release as varchar[]), cast(release as varchar)))
      and (cast($segment as varchar[]) is null or list_contains(cast($segment as varchar[]), cast(segment as varchar)))
      and (cast($region as varchar[]) is null or list_contains(cast($region as varchar[]), cast(region as varchar)))
    union
    select stage, person_id, person_group from scored_answers
    where journey = $journey and asked_about = 'stage' and stage_basis <> 'last_stage' and day between $start and $end and linked
      and (cast($touch_channel as varchar[]) is null or list_contains(cast($touch_channel as varchar[]), cast(touch_channel as varchar)))
      and (cast($device as varchar[]) is null or list_contains(cast($device as varchar[]), cast(device as varchar)))
      and (cast($release as varchar[]) is null or list_contains(cast($release as varchar[]), cast(release as varchar)))
      and (cast($segment as varchar[]) is null or list_contains(cast($segment as varchar[]), cast(segment as varchar)))
      and (cast($region as varchar[]) is null or list_contains(cast($region as varchar[]), cast(region as varchar)))
    union
    -- what a promise is about has no device and no release
    select stage, person_id, person_group from people_promises
    where journey = $journey and made_about <> 'answer' and day between $start and $end and linked and cast($device as varchar[]) is null
      and cast($release as varchar[]) is null
      and (cast($touch_channel as varchar[]) is null or list_contains(cast($touch_channel as varchar[]), cast(touch_channel as varchar)))
      and (cast($segment as varchar[]) is null or list_contains(cast($segment as varchar[]), cast(segment as varchar)))
      and (cast($region as varchar[]) is null or list_contains(cast($region as varchar[]), cast(region as varchar)))),
bought as (
    -- the margin net of refunds; without one, revenue net of refunds times the margin rate that is assumed
    select person_id, ordered_at, day, coalesce(margin_cents * (1 - coalesce(refunded_cents * 1e0 / nullif(amount_cents, 0), 0)),
                                                (amount_cents - coalesce(refunded_cents, 0)) * cast($margin_rate as double)) / 1e2 as earned
    from people_orders where person_id is not null and linked),
customers as (
    select distinct p.stage, p.person_id, p.person_group
    from passed p join bought b on b.person_id = p.person_id and b.day between cast($start as date) - 90 and $end),
votes as (
    select stage, person_id, responded_at, unhappy from scored_answers
    where journey = $journey and asked_about = 'stage' and stage_basis <> 'last_stage' and decides
      and unhappy is not null and day between $start and $end
      and (cast($touch_channel as varchar[]) is null or list_contains(cast($touch_channel as varchar[]), cast(touch_channel as varchar)))
      and (cast($device as varchar[]) is null or list_contains(cast($device as varchar[]), cast(device as varchar)))
      and (cast($release as varchar[]) is null or list_contains(cast($release as varchar[]), cast(release as varchar)))
      and (cast($segment as varchar[]) is null or list_contains(cast($segment as varchar[]), cast(segment as varchar)))
      and (cast($region as varchar[]) is null or list_contains(cast($region as varchar[]), cast(region as varchar)))
    qualify row_number() over (partition by stage, person_id order by responded_at, answer_key) = 1),
followed as (
    select c.stage, c.person_id, v.unhappy, cast(v.responded_at as date) <= $ripe as ripe,
           count(*) filter (where b.ordered_at <= v.responded_at) > 0 as customer_then, count(*) filter (where b.ordered_at > v.responded_at) = 0 as left_us,
           count(b.earned) filter (where b.ordered_at > v.responded_at) > 0 as known_after,
           count(b.ordered_at) filter (where b.ordered_at > v.responded_at) as orders_after, count(b.earned) filter (where b.ordered_at > v.responded_at) as amounts_after,
           coalesce(sum(b.earned) filter (where b.ordered_at > v.responded_at), 0) as earned_after
    from customers c join votes v on v.person_id = c.person_id and v.stage = c.stage
    left join bought b on b.person_id = c.person_id and b.ordered_at >= v.responded_at - interval '90 days'
                      and b.ordered_at <= v.responded_at + interval '90 days'
    group by c.stage, c.person_id, v.unhappy, v.responded_at),
seen as (
    -- who ordered nothing in the 90 days before the answer was no customer to lose then
    select stage, person_id, unhappy, ripe and customer_then as judged, left_us, known_after, orders_after, amounts_after, earned_after from followed)
select c.stage, c.person_group, count(*) as customers, count(f.unhappy) as answered, count(*) filter (where f.unhappy) as unhappy,
       count(*) filter (where f.judged and f.unhappy) as unhappy_then, count(*) filter (where f.judged and f.unhappy and f.left_us) as unhappy_left,
       count(*) filter (where f.judged and not f.unhappy) as content_then,
       count(*) filter (where f.judged and not f.unhappy and f.left_us) as content_left,
       count(*) filter (where f.judged and not f.unhappy and f.known_after) as content_back,
       coalesce(sum(f.earned_after) filter (where f.judged and not f.unhappy), 0) as content_earned,
       coalesce(sum(f.orders_after) filter (where f.judged and not f.unhappy), 0) as orders,
       coalesce(sum(f.amounts_after) filter (where f.judged and not f.unhappy), 0) as amounts_known,
       coalesce(max(abs(f.earned_after)) filter (where f.judged and not f.unhappy), 0) as content_top,
       coalesce(sum(abs(f.earned_after)) filter (where f.judged and not f.unhappy), 0) as content_mass
from customers c left join seen f on f.person_id = c.person_id and f.stage = c.stage
group by c.stage, c.person_group
order by c.stage, c.person_group
