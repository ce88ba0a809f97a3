-- one row a variant of an experiment: people exposed to it alone until the last answer could be given
with each as (
    select e.person_id, min(e.variant) as variant
    from people_exposures e
    left join cfg_offsets o on e.exposed_at >= o.from_utc and e.exposed_at < o.to_utc
    where e.experiment = $experiment
      and ($end is null or e.exposed_at + coalesce(o.offset_minutes, 0) * interval '1 minute' < cast($end as date) + 1)
    group by e.person_id having count(distinct e.variant) = 1)
select variant, count(*) as persons from each group by variant order by variant
