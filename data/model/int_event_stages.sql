-- one row an event and journey: the stage of the first rule in file order that its url or its name fits, else NULL; a page view
-- that a doubled tag sent again is left out, and so is an assignment to a test that no rule names
select e.session_key, e.t, e.event_id, e.source, j.journey, r.stage, r.position, e.kind, e.event_name, e.url,
       e.target, e.x, e.y
from int_events e
cross join cfg_journeys j
left join int_url_rules u on u.url = e.url and u.journey = j.journey
left join int_name_rules n on n.event_name = e.event_name and n.journey = j.journey
left join cfg_rules r on r.journey = j.journey
  and r.rule = least(coalesce(u.rule, n.rule), coalesce(n.rule, u.rule))
where not exists (select 1 from int_doubled d where d.source = e.source and d.event_id = e.event_id)
  and (e.kind <> 'assignment' or n.rule is not null)
