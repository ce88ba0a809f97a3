-- one row a cell, slot and person group (weeks: all groups together, numbered -1): the sums of many measures of one fact,
-- in one scan. Weeks are counted from the period's first day; period 0 is the period asked for, 1 the compared one
with unit as (
    select @picks f.person_id, f.person_group,
           @week as week, @values
    from @fact as f
    where @where),
weekly as (
    select @names week, person_group, person_id, @person from unit group by all),
levels as (
    select @grouping as level, @names week as slot, -1 as person_group, person_id, @again
    from weekly group by grouping sets (@week_sets)
    union all
    select @grouping, @names case when week >= 0 then 0 else 1 end, person_group, person_id, @again
    from weekly where week between 0 and $ripe - 1 or week between $other and $other + $weeks - 1
    group by grouping sets (@period_sets))
select level, @names slot, person_group, @sums
from levels group by all
