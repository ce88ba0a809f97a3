-- one row a cell and person: the amount of the person in the company's currency, refunds already taken off; of how many rows (`rows`), and of how many
-- of these no amount is known (`unknown`). A person of whom nothing is known counts in these two alone
with unit as (
    select @picks f.person_id, f.person_group, cast(@value as double) as v
    from @fact as f
    where @where
    @qualify),
person as (
    select @names person_group, person_id, sum(v) as y, count(*) as rows, count(*) - count(v) as unknown
    from unit
    group by @names person_group, person_id)
select @names person_group, case when y is null then 0 else 1 end as c, case when y is null then 0 else 1 end as n, y, coalesce(abs(y), 0) as top,
       coalesce(abs(y), 0) as mass, case when y is not null then [person_id] else [] end as who, rows, unknown
from person
order by @names person_group, person_id
