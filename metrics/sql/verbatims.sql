-- one row a comment of the stage, newest first, with its scores' sign; only when enough people wrote
select a.comment, a.score, a.metric, a.scale_max, a.survey, a.day, a.touch_channel, a.language
from answers a
where a.journey = $journey and a.stage = $stage and a.comment is not null and length(a.comment) > 3
  and ($start is null or a.day between $start and $end)
  and (select count(distinct b.person_id) from answers b
       where b.journey = $journey and b.stage = $stage and b.comment is not null
         and ($start is null or b.day between $start and $end)) >= 8
order by hash(a.answer_key)
limit 60
