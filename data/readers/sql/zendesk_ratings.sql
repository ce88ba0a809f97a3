-- one row a satisfaction rating: good is 1, bad is 0; what was only offered is no answer
create or replace temp table _zendesk_ratings as
with ratings as (
    select *, lower(doc->>'$.score') as word from _zendesk where stream = 'ratings')
select _row, doc->>'$.id' as response_id, doc->>'$.ticket_id' as ticket_id, $survey as survey, 'csat' as metric,
       'post_contact' as survey_kind, 0.0 as scale_min, 1.0 as scale_max, true as higher_is_better,
       case when word like 'good%' then 1.0 when word like 'bad%' then 0.0 end as score, word as choice,
       doc->>'$.comment' as comment, coalesce(nullif(doc->>'$.updated_at', ''), doc->>'$.created_at') as responded_at,
       case when doc->>'$.requester_id' <> '' then 'zendesk:' || (doc->>'$.requester_id') end as vendor_id,
       case when word in ('offered', 'unoffered') then 'excluded'
            when word is null or not regexp_matches(word, '^(good|bad)') then 'bad' end as _kind,
       case when word in ('offered', 'unoffered') then 'offered and not answered'
            when word is null or not regexp_matches(word, '^(good|bad)') then 'not a rating' end as _reason,
       'score' as _column, word as _found
from ratings;
