-- one row a cell and person: the amount of the person in the company's currency, refunds already taken off
with unit as (
    select @picks f.person_id, f.person_group, cast(@value as double) as v
    from @fact as f
    where @where
    @qualify)
select @names person_group, 1 as c, 1 as n, sum(v) as y, abs(sum(v)) as top, abs(sum(v)) as mass, min(person_id, @few) as who
from unit where v is not null
group by @names person_group, person_id
order by @names person_group, person_id
