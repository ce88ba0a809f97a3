-- one row a text of these days, whatever its length and whether it could be read for topics: what stands beside it on any list of words, and a number of its writer
select f.written_in, coalesce(f.stage, '') as stage, f.survey, f.category, f.contact_via, f.touch_channel, f.language,
       dense_rank() over (order by f.person_id) as writer
from people_verbatims f
where f.journey = $journey and ($start is null or f.day between $start and $end)
