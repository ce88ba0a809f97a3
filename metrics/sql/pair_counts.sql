-- one row a stage: answered occasions by how they went and how they felt, and all occasions beside them
select stage, count(*) as occasions, count(*) filter (where unhappy is not null) as answered,
       count(distinct person_id) filter (where unhappy is not null) as persons,
       count(*) filter (where not unhappy and not struggled) as smooth_satisfied,
       count(*) filter (where unhappy and not struggled) as smooth_unhappy,
       count(*) filter (where not unhappy and struggled) as struggled_satisfied,
       count(*) filter (where unhappy and struggled) as struggled_unhappy
from occasions
where journey = $journey and ($start is null or day between $start and $end)
group by stage
