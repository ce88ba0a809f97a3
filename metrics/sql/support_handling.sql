-- one row an answer about how a request was handled: whether it was unhappy, and in which band of hours the request had its first reply (3: above 72, or
-- none by the answer); of known requests only, of sources that ever say when they replied (the others cannot show that they did not), and not where the reply is dated before the request
select a.answer_key, coalesce(a.person_id, stand_in(a.answer_key)) as person_id,
       coalesce(a.person_group, person_group(stand_in(a.answer_key))) as person_group, case when a.unhappy then 1 else 0 end as unhappy,
       case when t.first_reply_at is null or t.first_reply_at > a.responded_at then 3
            when t.first_reply_at <= t.created_at + interval '4 hours' then 0
            when t.first_reply_at <= t.created_at + interval '24 hours' then 1
            when t.first_reply_at <= t.created_at + interval '72 hours' then 2 else 3 end as band,
       concat_ws('|', a.metric, a.instrument) as way, coalesce(t.category, '') as category, coalesce(t.contact_via, '') as via,
       coalesce(t.priority, '') as priority, cast(date_trunc('quarter', t.day) as varchar) as quarter
from scored_answers a
join counted_tickets t on t.ticket_id = a.ticket_id and t.journey = a.journey
where a.asked_about = 'contact' and a.unhappy is not null and a.journey = $journey
  and not coalesce(no_wait(t.first_reply_at, t.created_at, t.contact_via), false)
  and t.source in (select c.source from coverage c where c.signal = 'ticket replies' and c.events > 0)
  and ($start is null or t.day >= $start) and ($end is null or t.day <= $end)
qualify row_number() over (partition by t.ticket_key order by a.responded_at desc, a.answer_key desc) = 1
order by a.answer_key
