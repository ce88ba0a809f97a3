-- one row a cell, person group and side: the sums of the answers after (1) and before (0), for a difference of two means
with unit as (
    select @picks f.person_id, f.person_group, case when @after then 1 else 0 end as side, cast(@value as double) as v
    from @fact as f
    where @where
    @qualify),
person as (
    select @names person_group, side, person_id, count(*) as n, sum(v) as y, sum(v * v) as vv
    from unit where v is not null
    group by @names person_group, side, person_id)
select @names person_group, side, count(*) as c, sum(n) as n, sum(y) as y, sum(n * n) as nn, sum(cast(n as double) * n * n) as n3,
       sum(cast(n as double) * n * n * n) as n4, sum(n * y) as ny, sum(y * y) as yy,
       sum(vv) as vv
from person
group by @names person_group, side
order by @names person_group, side
