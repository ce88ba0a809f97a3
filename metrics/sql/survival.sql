-- one row a cell, person group, time in whole minutes and ending (0 still open, 1 it happened, 2 it ended otherwise): times
-- with censoring; `counted` of them are requests that count, the others were merged into another. Who is not known is a person of their own
with unit as (
    select @picks coalesce(cast(f.person_id as varchar), f.ticket_key) as who,
           coalesce(f.person_group, person_group(stand_in(f.ticket_key))) as person_group, cast((@value) / 60000 as bigint) as minutes,
           @ending as ending, f.counted as counts
    from @fact as f where @where),
placed as (
    select *, row_number() over (partition by @names who order by counts desc, minutes, ending) as place from unit where minutes >= 0)
select @names person_group, minutes, ending, count(*) as n, count(*) filter (where counts) as counted, count(*) filter (where place = 1 and counts) as c
from placed
group by @names person_group, minutes, ending
order by @names person_group, minutes, ending
