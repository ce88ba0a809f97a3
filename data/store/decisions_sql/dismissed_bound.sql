-- the oldest beyond so many go
delete from dismissed where rowid not in (select rowid from dismissed order by at desc, rowid desc limit :most)
