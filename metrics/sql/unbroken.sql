-- one row a known person with a visit in the journey and cell: whether nothing broke within 30 days of the first one: no friction in
-- a visit, no answer that it fell short, no promise that fell due and was broken
with begun as (
    select @picks f.person_id, f.person_group, f.journey as on_journey, min(f.started_at) as at
    from people_visits as f
    where @where
    group by all),
broken as (
    select journey as at_journey, person_id, started_at as at from people_visits where friction
    union all
    select journey, person_id, coalesce(experienced_at, responded_at) from scored_answers
    where form = 'disconfirmation' and score < 0
    union all
    select journey, person_id, due_at from people_promises where outcome = 'broken' and linked)
select @names b.person_id, b.person_group, case when count(x.at) = 0 then 1 else 0 end as unbroken
from begun b
left join broken x on x.person_id = b.person_id and x.at_journey = b.on_journey and x.at >= b.at and x.at < b.at + interval '30 days'
group by all
