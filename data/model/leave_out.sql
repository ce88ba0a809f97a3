-- one row more a record of @table that is left out; then none of them is there
create or replace temp table _left_out as select rowid as rid, source, file, row from @table where @where;
insert into refusals select distinct source, file, row, null, $kind, $reason, null, $allowed from _left_out;
delete from @table where rowid in (select rid from _left_out);
drop table _left_out;
