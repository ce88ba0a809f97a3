-- one row a cell and person group: the sums of the change of score (−2 … 2) and the nine moves between the three classes; from one
-- answer to the next that was asked in the same way: people are kinder on the telephone, and have not changed
with unit as (
    select @picks f.person_id, f.person_group, f.before, f.after
    from (select a.*, case when a.score >= 9 then 1 when a.score <= 6 then -1 else 0 end as after,
                 lag(case when a.score >= 9 then 1 when a.score <= 6 then -1 else 0 end) over (
                     partition by a.journey, a.person_id, a.instrument order by a.responded_at, a.answer_key) as before
          from @fact as a
          where a.form = 'nps' and a.asked_about = 'relationship' and a.linked) as f
    where f.before is not null and @where
    @qualify)
select @names person_group, count(*) as c, count(*) as n, sum(after - before) as y, count(*) as nn, sum(after - before) as ny,
       sum((after - before) * (after - before)) as yy, sum((after - before) * (after - before)) as vv,
       count(*) filter (where before = 1 and after = 1) as m00, count(*) filter (where before = 1 and after = 0) as m01,
       count(*) filter (where before = 1 and after = -1) as m02, count(*) filter (where before = 0 and after = 1) as m10,
       count(*) filter (where before = 0 and after = 0) as m11, count(*) filter (where before = 0 and after = -1) as m12,
       count(*) filter (where before = -1 and after = 1) as m20, count(*) filter (where before = -1 and after = 0) as m21,
       count(*) filter (where before = -1 and after = -1) as m22, min(person_id, @few) as who
from unit
group by @names person_group
order by @names person_group
