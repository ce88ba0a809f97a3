-- one row a text of the cut, in the order asked for, of what is equal the one drawn at random and kept (the same as files have it), a page of them; `texts` and `writers` are those of the whole cut, `writer` a number
-- within it, and the person only where there are visits of theirs and they did not refuse to be looked at
with scored as (
    -- of the same response: the score that decides, else the first that says happy or unhappy, else its first
    select source, response_id, min_by(metric, place) as metric, min_by(score, place) as score, min_by(scale_max, place) as scale_max
    from (select *, case when decides then '0' when unhappy is not null then '1' else '2' end
                    || lpad(cast(coalesce(position, 0) as varchar), 6, '0') || answer_key as place from people_answers) as a
    where journey = $journey and score is not null and metric is not null group by source, response_id),
cut as (
    select f.verbatim_key, f.written_in, f.stage, f.survey, f.category, f.contact_via, f.day, f.touch_channel, f.language, f.sentiment, f.topics, f.person_id,
           c.source as answer_source, c.response_id, coalesce(c.comment, t.body) as comment
    from people_verbatims f
    left join people_comments c on f.written_in = 'survey' and c.answer_key = f.verbatim_key and c.journey = f.journey
    left join counted_tickets t on f.written_in = 'ticket' and t.ticket_key = f.verbatim_key and t.journey = f.journey
    where f.journey = $journey and f.topics is not null and ($start is null or f.day between $start and $end)
      and (len($stages) = 0 or list_contains($stages, coalesce(f.stage, '')))
      and (cast($topic as varchar) is null or list_contains(f.topics, $topic)) and (not $untold or len(f.topics) = 0)
      and (cast($sentiment as varchar) is null or coalesce(f.sentiment, 'not scored') = $sentiment)
      and (cast($written_in as varchar) is null or f.written_in = $written_in)),
found as (
    select * from cut where length(comment) > 3 and (cast($search as varchar) is null or contains(lower(comment), lower($search))))
select f.comment, f.written_in, coalesce(f.stage, '') as stage, f.survey, f.category, f.contact_via, f.day, f.touch_channel, f.language, f.sentiment, f.topics, s.metric, s.score, s.scale_max,
       dense_rank() over (order by f.person_id) as writer,
       count(*) over () as texts, (select count(distinct person_id) from found) as writers,
       case when exists (select 1 from people_visits v where v.person_id = f.person_id)
             and not exists (select 1 from people p where p.person_id = f.person_id and not p.consent) then f.person_id end as person_id
from found f left join scored s on s.source = f.answer_source and s.response_id = f.response_id
order by case when $by = 'newest' then f.day end desc nulls last, case when $by = 'oldest' then f.day end nulls last,
         case when $by = 'low' then s.score / nullif(s.scale_max, 0) end nulls last, case when $by = 'longest' then length(f.comment) end desc nulls last,
         md5(f.verbatim_key)
limit $most offset $skip
