-- one row a cell, stratum and person group: rows and events of those it happened to and of those it had not happened to yet; the
-- same of an event it should not bring (c1, c0); and the share of tickets whose person was seen before
with unit as (
    select @picks f.person_id, f.person_group, f.stratum, f.exposed, f.weight, cast(@value as double) as hit, cast(@control as double) as other,
           f.since
    from @fact as f where @where),
placed as (
    select *, row_number() over (partition by @names person_id, exposed order by since) as place from unit)
select @names person_group, stratum, count(*) filter (where place = 1 and exposed = 1) as c,
       count(*) filter (where exposed = 1) as n,
       coalesce(sum(weight) filter (where exposed = 1), 0) as n1, coalesce(sum(hit) filter (where exposed = 1), 0) as e1,
       coalesce(sum(weight) filter (where exposed = 0), 0) as n0, coalesce(sum(weight * hit) filter (where exposed = 0), 0) as e0,
       coalesce(sum(other) filter (where exposed = 1), 0) as c1, coalesce(sum(weight * other) filter (where exposed = 0), 0) as c0,
       (select avg(case when linked_before then 1e0 else 0e0 end) from counted_tickets where journey = $journey) as tied
from placed
group by @names person_group, stratum
