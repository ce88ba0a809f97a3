-- one row a page view that came again: the same page of the same session within a second of the one before
with repeated as (
    select session_key, url from int_events where kind = 'view' group by session_key, url having count(*) > 1),
spaced as (
    select e.session_key, e.source, e.event_id, e.t,
           e.t - lag(e.t) over (partition by e.session_key, e.url order by e.t, e.event_id) as gap
    from int_events e join repeated r on r.session_key = e.session_key and r.url = e.url
    where e.kind = 'view')
select session_key, source, event_id, t from spaced where gap <= 1000
