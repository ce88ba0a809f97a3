-- one row a ticket of the file; deleted ones are excluded, merged ones carry Zendesk's own tag closed_by_merge
create or replace temp table _zendesk_tickets as
with tickets as (
    select *, try_cast(coalesce(doc->>'$.metric_set.created_at', doc->>'$.created_at') as timestamptz) as opened,
           try_cast(doc->>'$.metric_set.reply_time_in_minutes.calendar' as double) as reply_minutes,
           -- a tag has no blanks, so that a text of several is parted at them
           case when json_type(doc, '$.tags') = 'VARCHAR' then list_filter(string_split_regex(doc->>'$.tags', '[\s,;]+'), lambda t: t <> '')
                else json_extract_string(doc, '$.tags[*]') end as tags_given
    from _zendesk where stream = 'tickets')
select _row, doc->>'$.id' as ticket_id, doc->>'$.created_at' as created_at,
       cast(opened + to_seconds(cast(reply_minutes * 60 as bigint)) as timestamp) as first_reply_at,
       doc->>'$.metric_set.solved_at' as solved_at,
       lower(doc->>'$.status') as status, doc->>'$.priority' as priority,
       coalesce(doc->>'$.via.channel', doc->>'$.via_channel', case when json_type(doc, '$.via') = 'VARCHAR' then doc->>'$.via' end) as contact_via,
       case when len(coalesce(doc->>'$.via_followup_source_id', doc->>'$.via.source.from.ticket_id')) > 0
              or doc->>'$.via.source.rel' = 'follow_up'
            then list_append(tags_given, 'follow_up') else tags_given end as tags,
       coalesce(doc->>'$.raw_subject', doc->>'$.subject') as subject, doc->>'$.description' as body,
       doc->>'$.metric_set.replies' as replies, doc->>'$.metric_set.reopens' as reopens,
       -- people and teams it has been with: the first is no passing on
       case when coalesce(doc->>'$.metric_set.assignee_stations', doc->>'$.metric_set.group_stations') is not null
            then greatest(try_cast(doc->>'$.metric_set.assignee_stations' as bigint),
                          try_cast(doc->>'$.metric_set.group_stations' as bigint), 1) - 1 end as transfers,
       case when doc->>'$.requester_id' <> '' then 'zendesk:' || (doc->>'$.requester_id') end as vendor_id,
       case when lower(doc->>'$.status') = 'deleted' then 'excluded' end as _kind,
       case when lower(doc->>'$.status') = 'deleted' then 'deleted in Zendesk' end as _reason,
       'status' as _column, doc->>'$.status' as _found, doc
from tickets;
