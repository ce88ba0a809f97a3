-- one row an answer of one person, in the company's time: what was asked, the score, their words as kept (redacted when the store was made)
select hash(a.source, a.response_id) as response, a.responded_at + o.offset_minutes * interval '1 minute' as local_at, a.stage, a.survey, a.question,
       a.metric, a.score, a.scale_max, a.choice, a.comment, a.language
from people_answers a join cfg_offsets o on a.responded_at >= o.from_utc and a.responded_at < o.to_utc
where a.person_id = $person and a.journey = $journey
order by a.responded_at, a.position, a.answer_key
