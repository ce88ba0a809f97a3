-- one row a cell, period and person group: the sums of many measures of one fact, in one scan. Period 0 is the one asked for, 1 the
-- compared one; weeks are counted from the first day of the one asked for
with unit as (
    select @picks f.person_id, f.person_group, @week as week, @values
    from @fact as f
    where @where),
person as (
    select @names case when week >= 0 then 0 else 1 end as slot, person_group, person_id, @person
    from unit where week between 0 and $ripe - 1 or week between $other and $other + $weeks - 1
    group by all),
levels as (
    select @grouping as level, @names slot, person_group, person_id, @again
    from person group by grouping sets (@sets))
select level, @names slot, person_group, @sums
from levels group by all
