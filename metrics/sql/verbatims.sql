-- one row a comment of the stage, drawn at random, with the score that says how they felt (`decided`: it is the one that decides who is
-- unhappy there), a number of its writer within this list (how many wrote can be counted, nobody is named), and the person where there are visits of theirs and they did not refuse to be looked at; only when enough people wrote
with scored as (
    -- of the same response: the score that decides, else the first that says happy or unhappy, else its first: the comment is often a
    -- question of its own
    select source, response_id, min_by(metric, place) as metric, min_by(score, place) as score, min_by(scale_max, place) as scale_max,
           min_by(unhappy, place) as unhappy, bool_or(decides) as decided
    from (select *, case when decides then '0' when unhappy is not null then '1' else '2' end
                    || lpad(cast(coalesce(position, 0) as varchar), 6, '0') || answer_key as place from people_answers) as a
    where journey = $journey and score is not null and metric is not null group by source, response_id)
select a.comment, s.score, s.metric, s.scale_max, s.unhappy, coalesce(s.decided, false) as decided, a.survey, a.day, a.touch_channel, coalesce(v.language, a.language) as language,
       dense_rank() over (order by a.person_id) as writer,
       case when exists (select 1 from people_visits v where v.person_id = a.person_id)
             and not exists (select 1 from people p where p.person_id = a.person_id and not p.consent) then a.person_id end as person_id
from people_comments a left join scored s on s.source = a.source and s.response_id = a.response_id
left join people_verbatims v on v.written_in = 'survey' and v.verbatim_key = a.answer_key and v.journey = a.journey
where a.journey = $journey and a.stage = $stage and ($start is null or a.day between $start and $end)
  and (select count(distinct b.person_id) from people_comments b
       where b.journey = $journey and b.stage = $stage and ($start is null or b.day between $start and $end)) >= $least
order by md5(a.answer_key)
limit $most
