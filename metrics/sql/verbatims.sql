-- one row a comment of the stage, drawn at random, with its score, and the person where there are visits of theirs and they did not
-- refuse to be looked at; only when enough people wrote
select a.comment, a.score, a.metric, a.scale_max, a.survey, a.day, a.touch_channel, a.language,
       case when exists (select 1 from visits v where v.person_id = a.person_id)
             and not exists (select 1 from people p where p.person_id = a.person_id and not p.consent) then a.person_id end as person_id
from answers a
where a.journey = $journey and a.stage = $stage and a.comment is not null and length(a.comment) > 3
  and ($start is null or a.day between $start and $end)
  and (select count(distinct b.person_id) from answers b
       where b.journey = $journey and b.stage = $stage and b.comment is not null
         and ($start is null or b.day between $start and $end)) >= $least
order by hash(a.answer_key)
limit 60
