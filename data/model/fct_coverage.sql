-- one row a source and signal: how many records carry it; a signal no record ever carried is not collected. Events without any id
-- (sent without consent, or without a visitor's number) are in no visit and carry none
select source, kind as signal, count(*) as events from int_events group by source, kind
union all
select source, 'events of visits', count(*) from int_events group by source
union all
select source, 'events without an id', count(*) from src_web_events
where coalesce(session_id, id_anonymous_id, id_customer_id, id_vendor_id, id_email) is null group by source
union all
select source, 'ticket replies', count(first_reply_at) from fct_tickets group by source
union all
select source, 'ticket solutions', count(ended_at) from fct_tickets group by source
union all
select source, 'ticket reopenings', count(reopens) from fct_tickets group by source
union all
select source, 'ticket transfers', count(transfers) from fct_tickets group by source
union all
select source, 'counts of agent replies', count(replies) from fct_tickets group by source
union all
select source, 'order margins', count(margin_cents) from fct_orders group by source
union all
select source, 'largest paint times', count(lcp_ms) from fct_vitals group by source
union all
select source, 'input delays', count(inp_ms) from fct_vitals group by source
union all
select source, 'layout shifts', count(cls_10000) from fct_vitals group by source
