-- one row a source of which rows of the table come
select distinct source from @table where source is not null order by source
