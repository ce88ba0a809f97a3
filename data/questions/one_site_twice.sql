-- one row a pair of web sources that record the same host in the same days: its visits are counted twice
-- severity: severe
-- asks: {source} and {subject} both record {host} on {days} days: its visits are counted twice.
-- remedy: Keep one of the two sources for that site.
with hosts as (
    select source, lower(regexp_extract(url, '^[A-Za-z][A-Za-z0-9+.-]*://([^/?#]+)', 1)) as host, cast(occurred_at as date) as day, count(*) as events
    from src_web_events
    where url is not null and (select count(distinct c.scope) from landed_tables l join cfg_sources c on c.source = l.source where l.touches = 'web_events') > 1
    group by 1, 2, 3),
pairs as (
    select a.source, b.source as subject, a.host, count(distinct a.day) as days, sum(least(a.events, b.events)) as records, sum(a.events + b.events) as total
    from hosts a join hosts b on a.host = b.host and a.day = b.day and a.source < b.source
    join cfg_sources ca on ca.source = a.source join cfg_sources cb on cb.source = b.source
    where a.host <> '' and ca.scope <> cb.scope
    group by 1, 2, 3)
select source, 'web_events' as touches, subject, host, days, cast(records as bigint) as records, cast(total as bigint) as total
from pairs where days >= 3 and records >= 0.1 * total order by source, subject
