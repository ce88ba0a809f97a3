-- one row a request for help of one person, in the company's time: when created, first answered, solved; subject and words redacted
select t.created_at + o.offset_minutes * interval '1 minute' as local_at,
       t.first_reply_at + o.offset_minutes * interval '1 minute' as replied_at,
       t.solved_at + o.offset_minutes * interval '1 minute' as solved_at,
       case when t.journey = $journey then t.stage end as stage, t.contact_via, t.category, t.subject, t.body, t.reopens, t.status
from counted_tickets t join cfg_offsets o on t.created_at >= o.from_utc and t.created_at < o.to_utc
where t.person_id = $person
qualify row_number() over (partition by t.ticket_key order by t.journey = $journey desc, t.journey) = 1
order by t.created_at, t.ticket_key
