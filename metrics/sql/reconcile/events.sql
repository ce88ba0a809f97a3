-- one row: events that could be put into a visit, events without any id, and the sessions that came to a stage of the journey
select (select coalesce(sum(events), 0)::bigint from coverage where signal = 'events of visits') as events,
       (select coalesce(sum(events), 0)::bigint from coverage where signal = 'events without an id') as without_id,
       (select count(distinct session_key) from visits where journey = $journey) as sessions
