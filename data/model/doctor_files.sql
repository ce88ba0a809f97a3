-- one row a source and file: records in, loaded, refused, its problem
select source, reader, file, modified, rows_in, loaded, refused, problem, notes from loads order by place
