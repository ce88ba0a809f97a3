-- one row a record that its loader marks as gone
create or replace temp table _zendesk_gone as
select _row, null::varchar as ticket_id, 'excluded' as _kind, why as _reason, mark as _column, null::varchar as _found
from _zendesk where stream = 'gone';
