-- one row a source of web events that carry no id at all: nobody can tell which of them were one visit
-- severity: look
-- asks: {source}: {records} of {total} events carry no id (sent without consent, or without a visitor's number): they belong to no visit and are left out of every rate of visits.
-- remedy: Nothing to do for events sent without consent; else map the visitor's number (anonymous_id) or the session.
select source, 'web_events' as touches, '' as subject, count(*) filter (where coalesce(session_id, id_anonymous_id, id_customer_id, id_vendor_id, id_email) is null) as records,
       count(*) as total
from src_web_events group by source
having count(*) filter (where coalesce(session_id, id_anonymous_id, id_customer_id, id_vendor_id, id_email) is null) > 0
order by records desc, source
