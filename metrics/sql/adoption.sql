-- one row a customer, as of then, stage and cell: whether the first visit ever to the stage came within 30 days of the first visit of the
-- journey in it (null: had used the stage before), and whether any did
with begun as (
    select @picks f.person_id, f.person_group, f.journey as on_journey, f.stage as on_stage, min(f.started_at) as began
    from (select v.* exclude (stage), c.stage from people_visits as v join cfg_stages as c on c.journey = v.journey) as f
    where @where
    group by all),
used as (
    select person_id, journey, stage, min(started_at) as first_at from people_visits group by person_id, journey, stage),
again as (
    select b.*, u.first_at, exists (
        select 1 from people_visits as v where v.person_id = b.person_id and v.journey = b.on_journey and v.stage = b.on_stage
        and v.started_at >= b.began and v.started_at < b.began + interval '30 days') as used_now
    from begun as b
    left join used as u on u.person_id = b.person_id and u.journey = b.on_journey and u.stage = b.on_stage)
select @names person_id, person_group, case when used_now then 1 else 0 end as uses,
       case when first_at < began then null when used_now then 1 else 0 end as adopted
from again
