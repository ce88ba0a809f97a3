-- one row a topic, in the order of the company's file, found ones last: the stage or place it is about, and its words
select topic, found, coalesce(stage, place, '') as about, list(distinct word order by word) as words, min(position) as position
from topics group by all order by position
