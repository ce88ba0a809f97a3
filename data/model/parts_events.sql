-- one row a web event of a month, with its person and stage in the first journey: for paths and pages
select e.session_key, s.person_id, e.t, e.event_name, e.kind, j.stage, e.url, e.target, e.device, e.is_bot
from int_events e
join int_sessions s on s.session_key = e.session_key
left join int_event_stages j on j.source = e.source and j.event_id = e.event_id
  and j.journey = (select journey from cfg_journeys where position = 1)
where e.t >= $from_t and e.t < $to_t
order by s.person_id, e.t, e.event_id
