-- one row a ticket with what leaves every rate and why, its person, and the times its status changes add
with owners as (
    select ticket_id, min(source) as source from src_support_tickets group by ticket_id having count(*) = 1),
known_changes as (
    -- a change belongs to the ticket of its own source, else to the only one with that id
    select coalesce(t.source, o.source) as source, c.ticket_id, c.changed_at, c.status, c.replies, c.transfers
    from src_ticket_status_changes c
    left join src_support_tickets t on t.source = c.source and t.ticket_id = c.ticket_id
    left join owners o on o.ticket_id = c.ticket_id),
changes as (
    select source, ticket_id,
           min(case when status = 'first_reply' then changed_at end) as first_reply_at,
           min(case when status = 'solved' then changed_at end) as solved_first_at,
           max(case when status = 'solved' then changed_at end) as solved_at,
           max(case when status = 'closed' then changed_at end) as closed_at,
           count(*) filter (where status = 'reopened') as reopens, max(replies) as replies, max(transfers) as transfers
    from known_changes group by source, ticket_id),
joined as (
    select t.* exclude (transfers), coalesce(t.transfers, c.transfers) as transfers, coalesce(t.first_reply_at, c.first_reply_at) as replied_at,
           coalesce(t.solved_at, c.solved_at) as done_at, coalesce(t.closed_at, c.closed_at) as shut_at,
           coalesce(t.reopens, c.reopens) as times_reopened, coalesce(t.replies, c.replies) as agent_replies, r.person_id, r.linked, r.account as person_account
    from src_support_tickets t
    left join changes c on c.source = t.source and c.ticket_id = t.ticket_id
    left join int_row_persons r on r.what = 'ticket' and r.source = t.source and r.id = t.ticket_id),
judged as (
    select *,
           -- a state no list knows, or none: its times say whether it has ended
           case when lower(status) in ('solved', 'closed', 'deleted', 'spam', 'merged') then true
                when lower(status) in ('new', 'open', 'pending', 'hold') then false
                else done_at is not null or shut_at is not null end as ended,
           case when lower(status) in ('deleted', 'spam') or list_contains(tags, 'spam') then 'spam or deleted'
                when lower(status) = 'merged' or list_contains(tags, 'closed_by_merge') or list_contains(tags, 'merged') then 'merged into another ticket'
                when list_contains(tags, 'outbound') or list_contains(tags, 'proactive') then 'started by the company'
                when list_contains(tags, 'auto_created') or list_contains(tags, 'automated') then 'created by a machine'
                when list_contains(tags, 'internal') then 'internal'
           end as left_out
    from joined),
again as (
    -- within the hour by another channel about the same: the category, or where one of them has none a tag
    select distinct t.source, t.ticket_id
    from judged t join judged b on b.person_id = t.person_id and b.left_out is null and lower(b.contact_via) <> lower(t.contact_via)
      and b.created_at > t.created_at - interval '1 hour'
      and (b.created_at < t.created_at or (b.created_at = t.created_at and b.source || b.ticket_id < t.source || t.ticket_id))
      and coalesce(lower(trim(b.category)) = lower(trim(t.category)),
                   len(list_filter(t.tags, lambda tag: list_contains(b.tags, tag))) > 0, false)
    where t.left_out is null)
select j.*,
       case when j.left_out is not null then j.left_out when a.ticket_id is not null then 'same contact through another channel'
       end as excluded_because
from judged j left join again a on a.source = j.source and a.ticket_id = j.ticket_id
