-- one row a cell and person group: answered occasions by how they went and how they felt
select @picks f.person_group, count(distinct f.person_id) as c, min(distinct f.person_id, @few) as who, count(*) as n,
       count(*) filter (where not f.struggled and not f.unhappy) as smooth_satisfied,
       count(*) filter (where not f.struggled and f.unhappy) as smooth_unhappy,
       count(*) filter (where f.struggled and not f.unhappy) as struggled_satisfied,
       count(*) filter (where f.struggled and f.unhappy) as struggled_unhappy,
       count(*) filter (where f.struggled and f.goal_reached and not f.unhappy) as marked_satisfied,
       count(*) filter (where f.struggled and f.goal_reached and f.unhappy) as marked_unhappy
from @fact as f
where @where
group by @names f.person_group
order by @names f.person_group
