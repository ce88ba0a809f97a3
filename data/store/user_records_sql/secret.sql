-- a secret by name
select value from secrets where name = :name
