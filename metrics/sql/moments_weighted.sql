-- one row a cell and person group: the sums of moments.sql with each row weighted as its source says; a weight of 0 takes a row out. Weights are
-- scaled to a mean of 1 within each survey of the cell: what one survey weighs by people and another by shares is no ratio between them. A row
-- without one weighs as much as the mean. n stays the number of rows and n_eff = n² ÷ Σ n_i² is Kish's; beside them the plain sums, and how many rows bring a weight
with unit as (
    select @picks f.person_id, f.person_group, cast(@value as double) as v, cast(f.weight as double) as own, f.source, f.survey
    from @fact as f
    where @where
    @qualify),
given as (
    select *, coalesce(own / nullif(avg(case when v is not null and own > 0 then own end) over of_survey, 0), case when own is null then 1 else 0 end) as given,
           own is not null as brings
    from unit
    window of_survey as (partition by @names source, survey)),
scaled as (
    select *, given * count(case when given > 0 then v end) over cell / nullif(sum(case when v is not null then given end) over cell, 0) as w
    from given
    window cell as (partition by @names 1)),
person as (
    select @names person_group, person_id, count(*) as rows, sum(v) as plain, count(*) filter (where brings) as own,
           sum(w) as n, sum(w * v) as y, sum(w * v * v) as vv, sum(w * w) as ww,
           coalesce(sum(w) filter (where v > 0), 0) as p, coalesce(sum(w) filter (where v < 0), 0) as d
    from scaled where v is not null and given > 0
    group by @names person_group, person_id)
select @names person_group, count(*) as c, sum(n) as n, sum(y) as y, sum(n * n) as nn, sum(n * y) as ny, sum(y * y) as yy,
       sum(vv) as vv, sum(p) as p, sum(d) as d, sum(n * p) as np, sum(n * d) as nd, sum(p * p) as pp, sum(d * d) as dd,
       sum(p * d) as pd, max(abs(y)) as top, sum(abs(y)) as mass, min(person_id, @few) as who,
       sum(rows) as rows, sum(plain) as plain, sum(own) as own, sum(ww) as ww
from person
group by @names person_group
order by @names person_group
