-- one row a web event of a month, with its person and its stage in the first journey: for paths and pages; the query
-- string stays out, since sites put names and addresses there
select e.session_key, s.person_id, e.t, e.event_name, e.kind, e.stage, split_part(e.url, '?', 1) as url, e.target, s.device, s.is_bot
from int_event_stages e
join int_sessions s on s.session_key = e.session_key
where e.t >= $from_t and e.t < $to_t and e.journey = (select journey from cfg_journeys where position = 1)
order by s.person_id, e.t, e.event_id
