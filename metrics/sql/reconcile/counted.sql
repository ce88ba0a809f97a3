-- one row a reason for which a row of the population of the period is not counted (code null: it is), by the metric's own conditions, one after the other: rows and people
with unit as (
    select f.*, @left_out as not_counted from @fact as f where @base),
turned as (
    select coalesce(cast(f.person_id as varchar), 'nobody ' || row_number() over ()) as who, f.not_counted, cast(@value as double) as v, @turn as turn
    from unit as f)
select coalesce(not_counted, case when turn > 1 then 'voted_again' when v is null then 'no_value' end) as code,
       count(*) as rows, count(distinct who) as persons
from turned group by all
