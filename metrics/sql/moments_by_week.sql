-- one row a cell and week, all people together: the sums of many measures of one fact, in one scan
with unit as (
    select @picks f.person_id, @week as week, @values
    from @fact as f
    where @where),
person as (
    select @names week, person_id, @person from unit group by all),
levels as (
    select @grouping as level, @names week as slot, person_id, @again
    from person group by grouping sets (@sets))
select level, @names slot, @sums
from levels group by all
