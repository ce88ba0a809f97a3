-- one row a source and state of tickets that no list knows: whether such a ticket is open is told by its times alone
-- severity: look
-- asks: {source}: the state '{subject}' of {records} of {total} tickets is unknown; {timed} of them have a time of solution and count as solved, the rest as open.
-- remedy: Say what it means: values = {{ status = {{ "{subject}" = "solved" }} }} in the [[source]] block.
with known as (select unnest(['new', 'open', 'pending', 'hold', 'solved', 'closed', 'deleted', 'spam', 'merged']) as state),
totals as (select source, count(*) as total from int_tickets group by source)
select i.source, 'support_tickets' as touches, lower(i.status) as subject, count(*) as records, any_value(t.total) as total,
       count(*) filter (where i.done_at is not null or i.shut_at is not null) as timed
from int_tickets i join totals t on t.source = i.source
where i.status is not null and lower(i.status) not in (select state from known)
group by i.source, lower(i.status) order by records desc, i.source, subject
