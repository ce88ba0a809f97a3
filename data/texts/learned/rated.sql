-- one row a comment of people that came with a rating in the same response: the one that decides who is unhappy, else the first that is recommended,
-- satisfied or easy; how good it is from −1 to 1, the sentiment it stands for, and the fold of its writer
with rated as (
    select source, response_id, min_by(metric, place) as metric, min_by(good, place) as good, min_by(unhappy, place) as unhappy
    from (select source, response_id, metric, unhappy,
                 (case when higher_is_better then 1 else -1 end) * (2 * (score - scale_min) / nullif(scale_max - scale_min, 0) - 1) as good,
                 case when decides then '0' else '1' end || lpad(cast(coalesce(position, 0) as varchar), 6, '0') || answer_key as place
          from people_answers
          where score is not null and metric in ('nps', 'csat', 'ces') and unhappy is not null and scale_min is not null and scale_max is not null) as a
    group by source, response_id)
select c.comment, coalesce(any_value(c.question), '') as question, coalesce(any_value(c.language), '') as declared, any_value(r.good) as good,
       case when any_value(r.metric) = 'nps' then case when any_value(r.unhappy) then 'negative' when any_value(r.good) >= 0.8 then 'positive' else 'neutral' end
            when any_value(r.good) < -0.2 then 'negative' when any_value(r.good) > 0.2 then 'positive' else 'neutral' end as label,
       any_value(c.person_group) % $folds as fold, any_value(c.person_id) as person_id
from people_comments c join rated r on r.source = c.source and r.response_id = c.response_id
group by c.answer_key, c.comment
order by c.answer_key
