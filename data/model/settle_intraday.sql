-- one row an event of an intraday table whose day's table holds it, or holds its day: the day's table is the final one
create or replace temp table _early as
with daily as (
    select distinct source, regexp_extract(file, '([0-9]{8})', 1) as day from src_web_events where not file ilike '%intraday%'),
final as (
    select source, id_anonymous_id, occurred_at, @what from @table where not file ilike '%intraday%')
select t.rowid as rid, t.source, t.file, t.row
from @table t
where t.file ilike '%intraday%'
  and (exists (select 1 from daily d where d.source = t.source and d.day <> '' and d.day = regexp_extract(t.file, '([0-9]{8})', 1))
       or exists (select 1 from final f where f.source = t.source and f.id_anonymous_id is not distinct from t.id_anonymous_id
                  and f.occurred_at = t.occurred_at and f.@what is not distinct from t.@what));

insert into refusals
select source, file, row, null, 'superseded', 'an intraday event whose day has a table of its own', null, 'the daily table' from _early;

delete from @table where rowid in (select rid from _early);
