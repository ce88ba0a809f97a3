-- one row a source and status that is not known to end a ticket, of tickets that carry a time of solution
-- severity: severe
-- asks: {source}: {records} of {total} tickets have status '{status}' and a time of solution; they count as open.
-- remedy: Say what it means: values = {{ status = {{ "{status}" = "solved" }} }} in the [[source]] block.
select source, 'support_tickets' as touches, lower(status) as subject, count(*) filter (where not ended) as records, count(*) as total, any_value(status) as status
from int_tickets where status is not null and coalesce(done_at, shut_at) is not null and coalesce(times_reopened, 0) = 0
group by source, lower(status) having count(*) filter (where not ended) > 0
order by records desc, source, subject
