-- one row a known person with a visit in the journey: whether nothing broke at any contact of the period: no friction in a visit,
-- no answer that it fell short, no broken promise
select @names person_id, person_group, case when sum(broken) = 0 then 1 else 0 end as unbroken
from (
    select @picks f.person_id, f.person_group, f.met, f.broken
    from (
        select journey, day, person_id, person_group, segment, region, 1 as met, case when friction then 1 else 0 end as broken
        from people_visits where linked
        union all
        select journey, day, person_id, person_group, segment, region, 0, 1
        from scored_answers
        where form = 'disconfirmation' and score < 0
        union all
        select journey, day, person_id, person_group, segment, region, 0, 1
        from people_promises where outcome = 'broken' and linked) as f
    where @where) as contact
group by @names person_id, person_group
having sum(met) > 0
