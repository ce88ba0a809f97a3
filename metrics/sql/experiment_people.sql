-- one row an experiment and variant: people exposed to it (`persons` to it alone; `crossed` to another one as well, counted nowhere else), and
-- of those whose 30 days from the first exposure are over: who bought, who asked for help, what they left us, and their orders of the 180 days before
with each as (
    select e.experiment, e.person_id, min(e.variant) as variant, min(e.exposed_at) as since, max(e.exposed_at) as latest,
           bool_or(e.linked) as linked, count(distinct e.variant) > 1 as crossed,
           min(e.exposed_at) <= (select data_as_of from meta) - interval '30 days' as over
    from people_exposures e
    group by e.experiment, e.person_id),
days as (
    -- the company's days, of all who were exposed to a variant first
    select c.experiment, c.variant, min(cast(c.since + coalesce(f.offset_minutes, 0) * interval '1 minute' as date)) as first_day,
           max(cast(c.latest + coalesce(l.offset_minutes, 0) * interval '1 minute' as date)) as last_day
    from each c
    left join cfg_offsets f on c.since >= f.from_utc and c.since < f.to_utc
    left join cfg_offsets l on c.latest >= l.from_utc and c.latest < l.to_utc
    group by c.experiment, c.variant),
bought as (
    select c.experiment, c.person_id, count(*) filter (where o.ordered_at >= c.since) as orders,
           count(*) filter (where o.ordered_at < c.since) as earlier,
           count(*) filter (where o.ordered_at >= c.since and o.margin_cents is null) as without_margin,
           sum(o.margin_cents * (1 - coalesce(o.refunded_cents * 1.0 / nullif(o.amount_cents, 0), 0)) / 100.0)
               filter (where o.ordered_at >= c.since) as margin
    from each c join people_orders o on o.person_id = c.person_id
        and o.ordered_at >= c.since - interval '180 days' and o.ordered_at < c.since + interval '30 days'
    where not c.crossed
    group by c.experiment, c.person_id),
wrote as (
    select distinct c.experiment, c.person_id
    from each c join counted_tickets t on t.person_id = c.person_id
        and t.created_at >= c.since and t.created_at < c.since + interval '30 days'
    where not c.crossed),
lived as (
    select c.experiment, c.variant, c.crossed, c.over, c.linked, c.since, c.latest, case when b.orders > 0 then 1 else 0 end as ordered,
           case when w.person_id is not null then 1 else 0 end as contacted, coalesce(b.earlier, 0) as earlier, coalesce(b.margin, 0) as margin,
           coalesce(b.orders, 0) as orders, coalesce(b.without_margin, 0) as without_margin
    from each c
    left join bought b on b.experiment = c.experiment and b.person_id = c.person_id
    left join wrote w on w.experiment = c.experiment and w.person_id = c.person_id)
select l.experiment, l.variant, count(*) filter (where not crossed) as persons, count(*) filter (where crossed) as crossed,
       count(*) filter (where over and not crossed) as n, count(*) filter (where linked and over and not crossed) as linked,
       coalesce(sum(orders) filter (where over and not crossed), 0) as orders,
       coalesce(sum(without_margin) filter (where over and not crossed), 0) as without_margin,
       min(d.first_day) as first_day, max(d.last_day) as last_day,
       cast(coalesce(sum(earlier) filter (where over and not crossed), 0) as double) as x,
       cast(coalesce(sum(earlier * earlier) filter (where over and not crossed), 0) as double) as xx,
       cast(coalesce(sum(ordered) filter (where over and not crossed), 0) as double) as ordered,
       cast(coalesce(sum(ordered * earlier) filter (where over and not crossed), 0) as double) as ordered_x,
       cast(coalesce(sum(contacted) filter (where over and not crossed), 0) as double) as contacted,
       cast(coalesce(sum(contacted * earlier) filter (where over and not crossed), 0) as double) as contacted_x,
       cast(coalesce(sum(margin) filter (where over and not crossed), 0) as double) as margin,
       cast(coalesce(sum(margin * margin) filter (where over and not crossed), 0) as double) as margin_yy,
       cast(coalesce(sum(margin * earlier) filter (where over and not crossed), 0) as double) as margin_x
from lived l join days d on d.experiment = l.experiment and d.variant = l.variant
group by l.experiment, l.variant
order by l.experiment, l.variant
