-- one row a person (or browser), stage and cell: from the first visit of the stage in it to the stage's goal in that or a later visit, in
-- milliseconds, and how it ended (0 less than 30 days ago and still open, 1 reached, 2 not reached in 30 days)
with begun as (
    select @picks f.person_id, f.person_group, f.journey as on_journey, f.stage as on_stage, min(f.started_at) as began
    from people_visits as f
    where @where
    group by all),
done as (
    select b.*, v.goal_at
    from begun as b
    left join people_visits as v
      on v.person_id = b.person_id and v.journey = b.on_journey and v.stage = b.on_stage
      and v.goal_at >= b.began and v.goal_at < b.began + interval '30 days'),
first_done as (
    select @names person_id, person_group, on_stage, min(began) as began, min(goal_at) as goal_at
    from done
    group by @names person_id, person_group, on_stage)
select @names person_id, person_group,
       case when goal_at is not null then 1 when began + interval '30 days' <= (select data_as_of from meta) then 2 else 0 end as ending,
       epoch_ms(coalesce(goal_at, least(began + interval '30 days', (select data_as_of from meta)))) - epoch_ms(began) as ms
from first_done
