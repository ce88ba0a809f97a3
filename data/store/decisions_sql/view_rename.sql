-- another name for one of somebody's own views
update views set name = :name where id = :id and who = :who
