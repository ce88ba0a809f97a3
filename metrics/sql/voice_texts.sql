-- one row a text of people and journey that says something, as it was scored and sorted by topic; the words themselves stay where they were
select f.verbatim_key, f.written_in, coalesce(f.stage, '') as stage, f.stage_basis, f.asked_about, f.survey_kind, f.person_id, f.person_group, f.day, f.written_at,
       f.sentiment, f.topics, f.touch_channel, f.device, f.release, f.segment, f.region, f.country, f.customer, f.survey, f.asked_via, f.contact_via,
       f.language, f.linked, f.task, f.source, f.category
from people_verbatims f
where f.journey = $journey and f.topics is not null and ($start is null or f.day between $start and $end)
order by f.written_at, f.verbatim_key
