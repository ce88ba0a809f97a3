-- one row a source and time column a few of whose times lie years from all others
-- severity: severe
-- asks: {source}: {records} of {total} times in {subject} lie more than five years from the middle half of the others, the first on {first}, the last on {last}.
-- remedy: A default date of the system (1970, 2000) or a year read wrongly: state dates = "…", or name the default under nulls = ["…"].
with quarters as (
    select source, touches, "column", approx_quantile(epoch(t), 0.25) as low, approx_quantile(epoch(t), 0.75) as high, count(*) as total
    from dated where t is not null group by source, touches, "column" having count(*) >= 20),
far as (
    select d.source, d.touches, d."column" as subject, count(*) as records, any_value(q.total) as total,
           strftime(min(d.t), '%d %b %Y') as first, strftime(max(d.t), '%d %b %Y') as last
    from dated d join quarters q on q.source = d.source and q.touches = d.touches and q."column" = d."column"
    where epoch(d.t) < q.low - 157800000 or epoch(d.t) > q.high + 157800000
    group by d.source, d.touches, d."column")
select * from far where records <= 0.2 * total order by source, subject
