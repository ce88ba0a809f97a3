-- one row a week (counted back in sevens from a day), topic and journey, with one row of topic '' for all texts: texts, kind less unkind ones, scored ones
with texts as (
    select cast(floor(date_diff('day', f.day, cast($until as date)) / 7) as integer) as back, f.topics, f.sentiment
    from people_verbatims f
    where f.journey = $journey and f.topics is not null and f.day <= cast($until as date) and ($first is null or f.day >= cast($first as date))
      and (cast($stage as varchar) is null or f.stage = $stage))
select back, t.topic, count(*) as texts, count(sentiment) as scored,
       coalesce(sum(case sentiment when 'positive' then 1 when 'negative' then -1 else 0 end), 0) as net
from (select back, sentiment, unnest(topics) as topic from texts union all select back, sentiment, '' from texts) t
group by all order by all
