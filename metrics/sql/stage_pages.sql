-- one row a page of the stage: views, and friction events on it
select regexp_replace(regexp_replace(url, '^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*', ''), '[?#].*$', '') as page,
       count(*) filter (where kind = 'view') as views, count(*) filter (where is_friction(kind)) as frictions,
       count(distinct person_id) as persons
from people_events
where stage = $stage and t >= $from_t and t < $to_t
group by 1 having count(distinct person_id) >= $few and count(*) filter (where kind = 'view') > 0
order by frictions desc, views desc limit 8
