-- one row a row of a fact (or a unit made of its rows): its day, its person, its dimensions, and what each measure says of it
select @picks date_diff('day', date '1970-01-01', f.day) as day_number, f.person_id, f.person_group, @values
from @fact as f
where @where
