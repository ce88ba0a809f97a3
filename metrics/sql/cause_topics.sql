-- one row a comment in the response of an answer about a stage that says something, with the topics it is about (none: an empty list)
select a.answer_key, v.topics
from scored_answers a
join people_comments c on c.source = a.source and c.response_id = a.response_id and c.journey = a.journey
join people_verbatims v on v.written_in = 'survey' and v.verbatim_key = c.answer_key and v.journey = c.journey
where a.decides and a.asked_about = 'stage' and a.stage_basis <> 'last_stage' and a.journey = $journey and v.topics is not null
  and ($start is null or a.day between $start and $end)
