-- in = loaded + refused, and each refused record has its reason
select l.source, l.file, l.rows_in, l.loaded, l.refused from loads l
where l.rows_in <> l.loaded + l.refused
   or l.refused > (select count(distinct r.row) from refusals r where r.source = l.source and r.file = l.file)
