-- one row a comment of the stage, drawn at random, with its score, and the person where there are visits of theirs and they did not
-- refuse to be looked at; only when enough people wrote
with scored as (
    -- the first score of the same response that says happy or unhappy, else its first: the comment is often a question of its own
    select source, response_id, min_by(metric, place) as metric, min_by(score, place) as score, min_by(scale_max, place) as scale_max,
           bool_or(unhappy) as unhappy
    from (select *, case when unhappy is null then '1' else '0' end || lpad(cast(coalesce(position, 0) as varchar), 6, '0') || answer_key as place from answers) as a
    where journey = $journey and score is not null and metric is not null group by source, response_id)
select a.comment, case when own then a.score else s.score end as score, case when own then a.metric else s.metric end as metric,
       case when own then a.scale_max else s.scale_max end as scale_max,
       coalesce(a.unhappy, s.unhappy) as unhappy, a.survey, a.day, a.touch_channel, a.language,
       case when exists (select 1 from visits v where v.person_id = a.person_id)
             and not exists (select 1 from people p where p.person_id = a.person_id and not p.consent) then a.person_id end as person_id
from (select *, score is not null and unhappy is not null as own from answers) as a left join scored s on s.source = a.source and s.response_id = a.response_id
where a.journey = $journey and a.stage = $stage and a.comment is not null and length(a.comment) > 3
  and ($start is null or a.day between $start and $end)
  and (select count(distinct b.person_id) from answers b
       where b.journey = $journey and b.stage = $stage and b.comment is not null
         and ($start is null or b.day between $start and $end)) >= $least
order by hash(a.answer_key)
limit $most
