-- every event loaded is in one session
select (select count(*) from src_web_events) as loaded, (select count(*) from int_events) as kept
where (select count(*) from src_web_events) <> (select count(*) from int_events)
