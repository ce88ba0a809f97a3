-- what a subscription was sent last
select at, generation, record from sent where name = :name order by rowid desc limit 1
