-- no more than so many rows: the oldest go
delete from openings where rowid <= (select max(rowid) from openings) - :most
