-- a decision by its id
select * from decisions where id = :id
