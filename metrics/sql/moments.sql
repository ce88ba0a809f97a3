-- one row a cell and person group: the sums every share, score, mean and its variance is computed from
with unit as (
    select @picks f.person_id, f.person_group, cast(@value as double) as v
    from @fact as f
    where @where
    @qualify),
person as (
    select @names person_group, person_id, count(*) as n, sum(v) as y, sum(v * v) as vv,
           count(*) filter (where v > 0) as p, count(*) filter (where v < 0) as d
    from unit where v is not null
    group by @names person_group, person_id)
select @names person_group, count(*) as c, sum(n) as n, sum(y) as y, sum(n * n) as nn, sum(cast(n as double) * n * n) as n3,
       sum(cast(n as double) * n * n * n) as n4, sum(n * y) as ny, sum(y * y) as yy,
       sum(vv) as vv, sum(p) as p, sum(d) as d, sum(n * p) as np, sum(n * d) as nd, sum(p * p) as pp, sum(d * d) as dd,
       sum(p * d) as pd, max(abs(y)) as top, sum(abs(y)) as mass, min(person_id, @few) as who
from person
group by @names person_group
order by @names person_group
