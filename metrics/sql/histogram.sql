-- one row a cell, person group and bucket of a measure in whole units (1 % wide): percentiles that merge
with unit as (select @picks f.person_id, f.person_group, cast(@value as bigint) as v from @fact as f where @where),
first as (select *, row_number() over (partition by @names person_id order by v) as place from unit where v is not null)
select @names person_group, case when v <= 0 then 0 else 1 + cast(ceil(ln(v) / ln(101e0 / 99e0)) as integer) end as bucket,
       count(*) as n, count(*) filter (where place = 1) as c, min(person_id, @few) filter (where place = 1) as who
from first
group by @names person_group, case when v <= 0 then 0 else 1 + cast(ceil(ln(v) / ln(101e0 / 99e0)) as integer) end
