-- one row: how many answers are old enough to show their lag, and the days within which nine in ten of them came
select count(*), coalesce(quantile_disc(date_diff('day', f.day, cast(f.responded_at as date)), 0.9), 0)
from @fact as f
where @where and f.journey = $journey and f.day <= $last - interval 45 day and f.day is not null
