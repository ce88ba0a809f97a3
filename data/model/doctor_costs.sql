-- one row a step of the build, the longest first: what it cost
select step, rows, cpu_seconds, seconds, peak_mb from costs order by seconds desc, place limit 8
