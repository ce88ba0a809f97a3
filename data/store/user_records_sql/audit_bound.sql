-- no more than so many rows: the oldest go
delete from audit where rowid <= (select max(rowid) from audit) - :most
