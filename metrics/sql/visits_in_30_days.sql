-- one row a person and cell: sessions with a visit of the journey (or stage) in the 30 days from the first visit in it
with begun as (
    select @picks f.person_id, f.person_group, f.journey as on_journey, min(f.started_at) as at
    from people_visits as f
    where @where
    group by all),
followed as (
    select f.*, t.session_key as came
    from begun as f
    join people_visits as t
      on t.person_id = f.person_id and t.journey = f.on_journey and @same_stage and t.started_at >= f.at and t.started_at < f.at + interval '30 days')
select @names person_id, person_group, count(distinct came) as visits
from followed
group by @names person_id, person_group
