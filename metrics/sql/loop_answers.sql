-- one row an unhappy answer about a stage of a known person: when, what was given, and whether the person's next answer about any stage of the journey
-- within 180 days was unhappy again (null: none yet), with the first words of the same response as kept (redacted when the store was made). Who did not
-- agree to be looked at is offered to nobody
with said as (
    select source, response_id, min_by(comment, answer_key) as comment, min_by(language, answer_key) as language
    from people_comments where journey = $journey group by source, response_id),
asked as (
    select answer_key, source, response_id, person_id, stage, responded_at, day, score, scale_max, metric, unhappy from scored_answers
    where journey = $journey and asked_about = 'stage' and decides and unhappy is not null and person_id is not null and linked
      and not exists (select 1 from people p where p.person_id = scored_answers.person_id and not p.consent)),
followed as (
    select answer_key, lead(unhappy) over w as next_unhappy, lead(responded_at) over w as next_at from asked
    window w as (partition by person_id order by responded_at, answer_key))
select a.answer_key, a.person_id, a.stage, a.responded_at, a.day, a.metric, a.score, a.scale_max, s.comment, s.language,
       case when f.next_at <= a.responded_at + interval '180 days' then f.next_unhappy end as next_unhappy
from asked a join followed f on f.answer_key = a.answer_key
left join said s on s.source = a.source and s.response_id = a.response_id
where a.unhappy and a.day between $start and $end
order by a.responded_at desc, a.answer_key
