-- an answer is one row a journey
select answer_key, journey, count(*) as times from fct_answers group by answer_key, journey having count(*) > 1
