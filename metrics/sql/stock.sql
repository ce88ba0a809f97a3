-- one row a cell: how many of the things there are on its last day, with those that came in the cell or were there already
with calendar as (
    select cast(unnest(generate_series(first_day, last_day, interval 1 day)) as date) as day from meta),
stock as (
    select t.* exclude (day), c.day, t.ended_day is null or t.ended_day > c.day as still_there
    from @fact as t
    join calendar as c on t.day <= c.day and (t.ended_day is null or t.ended_day > c.day or t.day >= @cell_start)
    where c.day = @cell_end)
select @names 0 as person_group, count(*) as n, count(distinct who) as c, count(*) filter (where still_there) as y
from (select @picks coalesce(cast(f.person_id as varchar), f.ticket_key) as who, f.still_there from stock as f where @where) as unit
group by all
