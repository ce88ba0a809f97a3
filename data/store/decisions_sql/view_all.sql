-- somebody's views by name
select id, name, page, address, at from views where who = :who order by lower(name), name
