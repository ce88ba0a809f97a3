-- one row an event that an earlier-named source of the same reader holds as well: the same number, moment, visitor and session. Exports of one site that overlap in time hold
-- such days twice. Events without a visitor or session are kept: whether two at one moment are one, nothing says
create or replace temp table _overlaps as
with places as (
    select source, any_value(reader) as reader, min(rowid) as place from files group by source),
held as (
    select hash(event_id, occurred_at, id_anonymous_id, id_customer_id, session_id, @what) as event, p.reader, min(p.place) as first_place, max(p.place) as last_place
    from @table e join places p on p.source = e.source
    where coalesce(id_anonymous_id, id_customer_id, session_id) is not null
    group by 1, 2)
select t.rowid as rid, t.source, t.file, t.row
from @table t
join places p on p.source = t.source
join held h on h.reader = p.reader and h.event = hash(t.event_id, t.occurred_at, t.id_anonymous_id, t.id_customer_id, t.session_id, t.@what)
where h.first_place < h.last_place and p.place > h.first_place and coalesce(t.id_anonymous_id, t.id_customer_id, t.session_id) is not null;

insert into refusals
select source, file, row, null, 'duplicate', 'the same event in another source', null, 'each event once' from _overlaps;

delete from @table where rowid in (select rid from _overlaps);
