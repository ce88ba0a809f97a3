-- one row a source and key: the latest stays, an identical earlier one is a duplicate, a different one is superseded
create or replace temp table _ranked as
select rowid as rid, t.source, t.file, t.row,
       row_number() over (partition by hash(source, @keys) order by @order, t.file desc, t.row desc) as place,
       hash(@content) as content,
       first_value(hash(@content)) over (partition by hash(source, @keys) order by @order, t.file desc, t.row desc) as kept,
       concat_ws(' / ', @keys) as found
from @table t
where hash(source, @keys) in (select repeated from _repeated);

insert into refusals
select source, file, row, '@shown', case when content = kept then 'duplicate' else 'superseded' end,
       case when content = kept then 'the same row again' else 'a later version of this row was read' end,
       left(found, 120), 'each key once'
from _ranked where place > 1;

delete from @table where rowid in (select rid from _ranked where place > 1);
