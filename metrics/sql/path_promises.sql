-- one row a promise made to one person, at the moment it fell due or was kept, whichever came first, in the company's time
select least(coalesce(p.done_at, p.due_at), p.due_at) + o.offset_minutes * interval '1 minute' as local_at, p.promise, p.stage, p.outcome,
       p.evidence_kind as evidence, p.due_at + o.offset_minutes * interval '1 minute' as due_at,
       p.done_at + o.offset_minutes * interval '1 minute' as done_at
from people_promises p join cfg_offsets o on p.due_at >= o.from_utc and p.due_at < o.to_utc
where p.person_id = $person and p.journey = $journey
order by p.due_at, p.promise
