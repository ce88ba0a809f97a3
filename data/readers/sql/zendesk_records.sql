-- one row a Zendesk record: envelopes and pages unpacked, the stream it belongs to by its name or its keys. Warehouses without lists hold
-- inner records as JSON text: those are read as what they are
create or replace temp table _zendesk as
with opened as (
    select _row, case when doc->>'$.type' = 'RECORD' and json_type(doc, '$.record.data') = 'OBJECT'
                           then doc->'$.record.data'
                      when json_type(doc, '$._airbyte_data') = 'OBJECT' then doc->'$._airbyte_data'
                      when json_type(doc, '$._airbyte_data') = 'VARCHAR' then try_cast(doc->>'$._airbyte_data' as json)
                      else doc end as doc,
           coalesce(doc->>'$.record.stream', doc->>'$._airbyte_stream') as stream
    from @raw),
lists as (
    -- a record has an id of its own, a page has none
    select _row, doc, stream, case when not list_has_any(json_keys(doc), ['id', 'ticket_id', 'name']) then
           list_filter(json_keys(doc), lambda key: list_contains($pages, key)
                       and json_type(doc, '$."' || key || '"') = 'ARRAY')
           end as pages
    from opened),
records as (
    select _row, 0 as list_number, 0 as place, doc, stream from lists where coalesce(len(pages), 0) = 0
    union all
    select _row, list_number, unnest(range(1, len(items) + 1)) as place, unnest(items) as doc, stream
    from (select _row, list_number, pages[list_number] as stream,
                 cast(json_extract(doc, '$."' || pages[list_number] || '"') as json[]) as items
          from (select *, unnest(range(1, len(pages) + 1)) as list_number from lists where len(pages) > 0))),
written as (
    -- which inner records are text; each is looked at once, for a function in a function in a function is worked out again at every step
    select *, list_filter(['tags', 'via', 'metric_set', 'custom_fields', 'reply_time_in_minutes', 'first_resolution_time_in_minutes', 'satisfaction_rating'],
                          lambda name: json_type(doc, '$.' || name) = 'VARCHAR'
                                       and json_type(try_cast(json_extract_string(doc, '$.' || name) as json)) in ('ARRAY', 'OBJECT')) as texts
    from records),
whole as (
    select * exclude (texts) replace (case when len(texts) > 0 then json_merge_patch(doc, cast('{' || array_to_string(list_transform(texts,
        lambda name: '"' || name || '":' || json_extract_string(doc, '$.' || name)), ',') || '}' as json)) else doc end as doc)
    from written),
living as (
    -- what a loader marks as deleted no longer exists
    select *, @gone as is_gone, @why as why, @mark as mark from whole),
named as (select *, json_keys(doc) as keys, regexp_extract(lower(stream), '([a-z_]+)$', 1) as name from living)
select row_number() over (order by _row, list_number, place) as _row, doc, is_gone, why, mark,
       case when is_gone then 'gone'
            when list_contains(keys, 'tag') and list_contains(keys, 'ticket_id') then 'ticket_tags'
            when contains($file, 'tag') and list_contains(keys, 'value')
                 and list_has_any(keys, ['_dlt_parent_id', '_sdc_source_key_id', '_airbyte_tickets_hashid']) then 'ticket_tags'
            when name like '%satisfaction_ratings' then 'ratings' when name like '%ticket_metrics' then 'metrics'
            when name like '%metric_sets' then 'metrics' when regexp_matches(name, '(^|__)tickets$') then 'tickets'
            when regexp_matches(name, '(^|__)users$') then 'users' when name <> '' then name
            when list_has_all(keys, ['ticket_id', 'score', 'requester_id']) then 'ratings'
            when list_contains(keys, 'ticket_id') and (list_contains(keys, 'reply_time_in_minutes')
                 or list_has_all(keys, ['reopens', 'replies'])) then 'metrics'
            when list_has_all(keys, ['requester_id', 'status', 'created_at']) then 'tickets'
            when list_has_all(keys, ['field_name', 'ticket_id', 'updated', 'value']) then 'changes'
            when list_contains(keys, 'role') and list_has_any(keys, ['email', 'verified', 'locale']) then 'users'
            else 'other' end as stream
from named;
