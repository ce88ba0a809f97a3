-- one row a person: their latest two relationship answers on the NPS scale that were asked in the same way, and what lay between them
with each as (
    select a.person_id, a.person_group, a.journey, a.responded_at as later, a.answer_key,
           case when a.score >= 9 then 1 when a.score <= 6 then -1 else 0 end as after,
           lag(case when a.score >= 9 then 1 when a.score <= 6 then -1 else 0 end) over one as before,
           lag(a.responded_at) over one as earlier
    from scored_answers a
    where a.form = 'nps' and a.asked_about = 'relationship' and a.linked and a.journey = $journey
    window one as (partition by a.person_id, a.instrument order by a.responded_at, a.answer_key)),
pairs as (
    select * from each where before is not null
    qualify row_number() over (partition by person_id order by later desc, answer_key desc) = 1)
select p.person_id, p.person_group, p.before, p.after, date_diff('day', p.earlier, p.later) as days,
       exists (select 1 from counted_tickets t where t.person_id = p.person_id
               and t.created_at > p.earlier and t.created_at < p.later) as asked_for_help,
       exists (select 1 from people_visits v where v.person_id = p.person_id and v.journey = p.journey and v.friction
               and v.started_at > p.earlier and v.started_at < p.later) as friction,
       exists (select 1 from people_promises b where b.person_id = p.person_id and b.journey = p.journey and b.outcome = 'broken'
               and b.due_at > p.earlier and b.due_at < p.later) as promise_broken,
       exists (select 1 from people_orders o where o.person_id = p.person_id and o.ordered_at > p.earlier and o.ordered_at < p.later) as bought
from pairs p
order by p.person_id
