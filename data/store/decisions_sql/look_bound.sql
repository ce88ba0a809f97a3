-- no more than so many rows: the oldest looks go
delete from looks where rowid in (select rowid from looks order by at desc, rowid desc limit -1 offset :most)
