-- one row a ticket with what leaves every rate and why, its person, and the times its status changes add
with owners as (
    select ticket_id, min(source) as source from src_support_tickets group by ticket_id having count(*) = 1),
known_changes as (
    -- a change belongs to the ticket of its own source, else to the only one with that id
    select coalesce(t.source, o.source) as source, c.ticket_id, c.changed_at, c.status, c.replies
    from src_ticket_status_changes c
    left join src_support_tickets t on t.source = c.source and t.ticket_id = c.ticket_id
    left join owners o on o.ticket_id = c.ticket_id),
changes as (
    select source, ticket_id,
           min(case when status = 'first_reply' then changed_at end) as first_reply_at,
           min(case when status = 'solved' then changed_at end) as solved_first_at,
           max(case when status = 'solved' then changed_at end) as solved_at,
           max(case when status = 'closed' then changed_at end) as closed_at,
           count(*) filter (where status = 'reopened') as reopens, max(replies) as replies
    from known_changes group by source, ticket_id),
joined as (
    select t.*, coalesce(t.first_reply_at, c.first_reply_at) as replied_at,
           coalesce(t.solved_at, c.solved_at) as done_at, coalesce(t.closed_at, c.closed_at) as shut_at,
           coalesce(t.reopens, c.reopens) as times_reopened, coalesce(t.replies, c.replies) as agent_replies, r.person_id, r.linked, r.account as person_account
    from src_support_tickets t
    left join changes c on c.source = t.source and c.ticket_id = t.ticket_id
    left join int_row_persons r on r.what = 'ticket' and r.source = t.source and r.id = t.ticket_id),
judged as (
    select *,
           coalesce(lower(status) in ('solved', 'closed', 'deleted', 'spam'),
                    done_at is not null or shut_at is not null) as ended,
           case when lower(status) in ('deleted', 'spam') or list_contains(tags, 'spam') then 'spam or deleted'
                when list_contains(tags, 'closed_by_merge') or list_contains(tags, 'merged') then 'merged into another ticket'
                when list_contains(tags, 'outbound') or list_contains(tags, 'proactive') then 'started by the company'
                when list_contains(tags, 'auto_created') or list_contains(tags, 'automated') then 'created by a machine'
                when list_contains(tags, 'internal') then 'internal'
           end as left_out
    from joined),
spaced as (
    select *, lag(created_at) over (partition by person_id, left_out is null order by created_at, ticket_id) as contact_before
    from judged)
select *,
       case when left_out is not null then left_out
            when person_id is not null and created_at - contact_before < interval '1 hour' then 'same contact through another channel'
       end as excluded_because
from spaced
