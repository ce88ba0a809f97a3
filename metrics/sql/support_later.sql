-- one row a relationship answer of somebody who had asked for help in the 90 days before: whether the latest of these requests waited more than 24 hours
-- for its first reply, and whether the answer is unhappy (a detractor)
select a.answer_key, a.person_id, a.person_group, case when a.unhappy then 1 else 0 end as unhappy,
       case when coalesce(t.first_reply_at, a.responded_at) > t.created_at + interval '24 hours' then 2 else 0 end as band,
       a.instrument as way, coalesce(t.category, '') as category, coalesce(t.contact_via, '') as via, coalesce(t.priority, '') as priority,
       cast(date_trunc('quarter', a.day) as varchar) as quarter
from scored_answers a
join counted_tickets t on t.person_id = a.person_id
    and t.created_at < a.responded_at - interval '24 hours' and t.created_at >= a.responded_at - interval '90 days'
where not coalesce(no_wait(t.first_reply_at, t.created_at, t.contact_via), false)
  and t.source in (select c.source from coverage c where c.signal = 'ticket replies' and c.events > 0)
  and a.asked_about = 'relationship' and a.form = 'nps' and a.unhappy is not null and a.linked and a.journey = $journey
  and ($start is null or a.day >= $start) and ($end is null or a.day <= $end)
qualify row_number() over (partition by a.person_id order by a.responded_at desc, a.answer_key desc, t.created_at desc) = 1
order by a.answer_key
