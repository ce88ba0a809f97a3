-- one row a tag of a ticket from a loader's side table, and one a ticket whose loader numbers its record
create or replace temp table _zendesk_tags as
select _row, coalesce(doc->>'$.ticket_id', case when regexp_full_match(doc->>'$._sdc_source_key_id', '[0-9]+') then doc->>'$._sdc_source_key_id' end, '') as ticket_id,
       coalesce(doc->>'$._dlt_parent_id', doc->>'$._airbyte_tickets_hashid', '') as record, coalesce(doc->>'$.tag', doc->>'$.value') as tag
from _zendesk where stream = 'ticket_tags'
union all
select _row, doc->>'$.id', coalesce(doc->>'$._dlt_id', doc->>'$._airbyte_tickets_hashid'), ''
from _zendesk where stream = 'tickets' and coalesce(doc->>'$._dlt_id', doc->>'$._airbyte_tickets_hashid') is not null;
