-- one of them by its answer
select * from followups where answer = :answer
