-- one row a comment in the response of an unhappy answer about a stage, redacted when the store was made, in an order drawn at random and kept
select a.answer_key, c.comment, v.topics, a.person_id, a.day, a.touch_channel, coalesce(v.language, a.language) as language, a.metric, a.score, a.scale_max
from scored_answers a
join people_comments c on c.source = a.source and c.response_id = a.response_id and c.journey = a.journey
left join people_verbatims v on v.written_in = 'survey' and v.verbatim_key = c.answer_key and v.journey = c.journey
where a.decides and a.unhappy and a.asked_about = 'stage' and a.stage_basis <> 'last_stage' and a.journey = $journey and a.stage = $stage
  and ($start is null or a.day between $start and $end)
order by md5(c.answer_key)
