-- one row a dated note within the days asked for
select day, kind, stage, text from annotations
where kind is distinct from 'research' and ($start is null or day between $start and $end) and (stage is null or stage = $stage or $stage is null)
order by day
