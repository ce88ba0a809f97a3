-- one row a cell, person group, time in whole ticks (minutes, unless the definition says otherwise) and ending (0 still open, 1 it happened,
-- 2 it ended otherwise): times with censoring; `counted` of them are requests that count, the others were merged into another. Who is not
-- known is a person of their own
with unit as (
    select @picks coalesce(cast(f.person_id as varchar), @key) as who,
           coalesce(f.person_group, person_group(stand_in(@key))) as person_group, cast((@value) / @tick as bigint) as ticks,
           @ending as ending, @request as counts
    from @fact as f where @where),
placed as (
    select *, row_number() over (partition by @names who order by counts desc, ticks, ending) as place from unit where ticks >= 0)
select @names person_group, ticks, ending, count(*) as n, count(*) filter (where counts) as counted, count(*) filter (where place = 1 and counts) as c
from placed
group by @names person_group, ticks, ending
order by @names person_group, ticks, ending
