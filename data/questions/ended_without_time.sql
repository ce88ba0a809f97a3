-- one row a source with tickets that have ended, of which nobody says when
-- severity: look
-- asks: {source}: {records} of {total} tickets that have ended carry no time of solution or closing; they are in no backlog and no time to solution.
-- remedy: Map solved_at or closed_at, or the history of their states (ticket_status_changes).
select source, 'support_tickets' as touches, null as subject, count(*) filter (where coalesce(done_at, shut_at) is null) as records, count(*) as total
from int_tickets where ended and left_out is null
group by source having count(*) filter (where coalesce(done_at, shut_at) is null) > 0
order by source
