-- one row a cell and person group: the sums of a ratio's two sides by person
with person as (
    select @names person_group, person_id, sum(base) as n, sum(counted) as y
    from (select @picks f.person_id, f.person_group, cast(f.base as double) as base, cast(f.counted as double) as counted
          from @fact as f where @where) as unit
    group by @names person_group, person_id)
select @names person_group, count(*) as c, sum(n) as n, sum(y) as y, sum(n * n) as nn, sum(cast(n as double) * n * n) as n3,
       sum(cast(n as double) * n * n * n) as n4, sum(n * y) as ny, sum(y * y) as yy, max(y) as most
from person
group by @names person_group
order by @names person_group
