-- one of somebody's own views away
delete from views where id = :id and who = :who
