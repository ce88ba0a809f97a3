-- one row a cell and person group: the sums of scored texts as in moments.sql; beside them how many had none of the listed words
-- (blind), how many could not be scored (unscored) and why most of those could not, and how many were read as learned from ratings (learned)
with unit as (
    select @picks f.person_id, f.person_group, cast(@value as double) as v, f.cues, f.not_scored, f.scorer
    from @fact as f
    where @where
    @qualify),
person as (
    select @names person_group, person_id, count(v) as n, coalesce(sum(v), 0) as y, coalesce(sum(v * v), 0) as vv,
           count(*) filter (where v > 0) as p, count(*) filter (where v < 0) as d,
           count(*) filter (where v is not null and cues = 0) as blind, count(*) filter (where v is null) as unscored,
           count(*) filter (where v is not null and starts_with(scorer, 'own ')) as learned, mode(not_scored) as reason
    from unit
    group by @names person_group, person_id)
select @names person_group, count(*) filter (where n > 0) as c, sum(n) as n, sum(y) as y, sum(n * n) as nn, sum(cast(n as double) * n * n) as n3,
       sum(cast(n as double) * n * n * n) as n4, sum(n * y) as ny,
       sum(y * y) as yy, sum(vv) as vv, sum(p) as p, sum(d) as d, sum(n * p) as np, sum(n * d) as nd, sum(p * p) as pp,
       sum(d * d) as dd, sum(p * d) as pd, sum(blind) as blind, sum(unscored) as unscored, sum(learned) as learned, mode(reason) as reason,
       min(person_id, @few) filter (where n > 0) as who
from person
group by @names person_group
order by @names person_group
