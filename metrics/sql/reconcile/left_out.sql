-- one row: the rows of a population of which nothing is known to be left out, and of which period they are (code null: of the one asked for)
with placed as (
    select f.person_id,
           case when $start is not null and coalesce(f.day not between $start and $end, true) then 'outside_period' end as code
    from @fact as f where @journey)
select list_position(['outside_period'], code) as place, code, cast(null as varchar) as said,
       count(*) as rows, count(distinct person_id) as persons
from placed group by all order by place nulls last
