-- one row a comment in the response of an answer about a stage, redacted when the store was made
select a.answer_key, c.comment
from scored_answers a join people_comments c on c.source = a.source and c.response_id = a.response_id and c.journey = a.journey
where a.decides and a.asked_about = 'stage' and a.stage_basis <> 'last_stage' and a.journey = $journey
  and ($start is null or a.day between $start and $end)
