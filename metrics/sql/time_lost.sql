-- one row a cell, stratum and person group: visits and hours of those with and without friction, and hours waited for help
with unit as (
    select @names person_id, person_group, stratum, exposed, hours, waited,
           row_number() over (partition by @names person_id, exposed is null order by exposed desc) as place
    from @fact as f where @where)
select @names person_group, stratum, count(*) filter (where place = 1 and exposed is not null) as c,
       count(*) filter (where exposed is not null) as n, count(*) filter (where exposed is null) as tickets,
       count(*) filter (where exposed = 1) as n1, coalesce(sum(hours) filter (where exposed = 1), 0) as e1,
       count(*) filter (where exposed = 0) as n0, coalesce(sum(hours) filter (where exposed = 0), 0) as e0, sum(waited) as waited,
       (select count(*) from people_visits where friction) as recorded
from unit
group by @names person_group, stratum
