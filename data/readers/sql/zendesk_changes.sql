-- one row a ticket, status and time: from ticket metrics, and from the history of the field status
create or replace temp table _zendesk_changes as
with metrics as (
    select _row, doc->>'$.ticket_id' as ticket_id, try_cast(doc->>'$.created_at' as timestamptz) as opened,
           try_cast(coalesce(doc->>'$.reply_time_in_minutes.calendar',
                             doc->>'$.reply_time_in_minutes_calendar') as double) as reply,
           try_cast(coalesce(doc->>'$.first_resolution_time_in_minutes.calendar',
                             doc->>'$.first_resolution_time_in_minutes_calendar') as double) as resolution,
           try_cast(doc->>'$.solved_at' as timestamptz) as solved_at,
           try_cast(doc->>'$.status_updated_at' as timestamptz) as status_at,
           try_cast(doc->>'$.reopens' as bigint) as reopens,
           try_cast(doc->>'$.replies' as bigint) as replies,
           -- people and teams it has been with: the first is no passing on
           case when coalesce(doc->>'$.assignee_stations', doc->>'$.group_stations') is not null
                then greatest(try_cast(doc->>'$.assignee_stations' as bigint),
                              try_cast(doc->>'$.group_stations' as bigint), 1) - 1 end as transfers
    from _zendesk where stream = 'metrics'),
steps as (
    select _row, ticket_id, 'first_reply' as status, opened + to_seconds(cast(reply * 60 as bigint)) as changed_at, replies, transfers
    from metrics where reply is not null
    union all select _row, ticket_id, 'solved', solved_at, replies, transfers from metrics where solved_at is not null
    -- Zendesk counts reopenings without their times: the first resolution is the earliest it can have been
    union all select _row, ticket_id, 'reopened',
              coalesce(opened + to_seconds(cast(resolution * 60 as bigint)), status_at), replies, transfers
    from metrics where reopens > 0),
history as (
    select _row, doc->>'$.ticket_id' as ticket_id,
           case when lower(doc->>'$.value') = 'on-hold' then 'hold' else lower(doc->>'$.value') end as status,
           try_cast(doc->>'$.updated' as timestamptz) as changed_at, doc->>'$.field_name' as field_name
    from _zendesk where stream = 'changes')
select _row, ticket_id, cast(changed_at as timestamp) as changed_at, status, replies, transfers, null as _kind, null as _reason,
       null as _column, null as _found
from steps
union all
select _row, ticket_id, cast(changed_at as timestamp), status, null, null,
       case when field_name <> 'status' then 'excluded'
            when status not in ('new', 'open', 'pending', 'hold', 'solved', 'closed') then 'bad' end,
       case when field_name <> 'status' then 'a change of another field than status'
            when status not in ('new', 'open', 'pending', 'hold', 'solved', 'closed') then 'unknown status' end,
       case when field_name <> 'status' then 'field_name' else 'value' end,
       case when field_name <> 'status' then field_name else status end
from history;
