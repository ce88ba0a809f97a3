-- every version of a case, the newest first
select * from cases where id = :id order by version desc
