-- an occasion is one row a person, journey, stage and episode
select person_id, journey, stage, episode, count(*) as times from fct_occasions
group by person_id, journey, stage, episode having count(*) > 1
