-- every event loaded that carries any id is in one session
select (select count(*) from src_web_events where coalesce(session_id, id_anonymous_id, id_customer_id, id_vendor_id, id_email) is not null) as loaded,
       (select count(*) from int_events) as kept
where (select count(*) from src_web_events where coalesce(session_id, id_anonymous_id, id_customer_id, id_vendor_id, id_email) is not null)
   <> (select count(*) from int_events)
