-- one row a source with first replies in the very second of the request
-- severity: look
-- asks: {source}: in {records} of {total} answered tickets the first reply is dated the very second of the request; how long these waited is not known, and they are in no reply time.
-- remedy: They were written down by who had answered them (a call, a counter), or a machine acknowledged them: map the time of an agent's own first reply, where there is one. Chats count as they are.
select source, 'support_tickets' as touches, null as subject,
       count(*) filter (where no_wait(replied_at, created_at, contact_via) and not lies_before(replied_at, created_at)) as records, count(*) as total
from int_tickets where replied_at is not null and left_out is null
group by source having count(*) filter (where no_wait(replied_at, created_at, contact_via) and not lies_before(replied_at, created_at)) > 0
order by source
