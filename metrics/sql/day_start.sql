-- one row: when a day of the company begins, in milliseconds UTC
select epoch_ms(cast($day as timestamp) - o.offset_minutes * interval '1 minute') as t
from cfg_offsets o
where cast($day as timestamp) - o.offset_minutes * interval '1 minute' >= o.from_utc
  and cast($day as timestamp) - o.offset_minutes * interval '1 minute' < o.to_utc
order by t limit 1
