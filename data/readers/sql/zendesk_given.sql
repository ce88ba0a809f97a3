-- one row a ticket that holds its rating: good is 1, bad is 0. It has no time of its own: the ticket's solution, else its last change. An
-- answer of the ratings' own stream about the same ticket takes its place once all is read
create or replace temp table _zendesk_given as
with given as (
    select _row, doc, lower(trim(coalesce(doc->>'$.satisfaction_rating.score', doc->>'$.satisfaction_rating_score',
                      case when json_type(doc, '$.satisfaction_rating') = 'VARCHAR' then doc->>'$.satisfaction_rating' end))) as word
    from _zendesk where stream = 'tickets' and lower(doc->>'$.status') is distinct from 'deleted')
select _row, 'ticket:' || (doc->>'$.id') as response_id, doc->>'$.id' as ticket_id, $survey as survey, 'csat' as metric,
       'post_contact' as survey_kind, 0.0 as scale_min, 1.0 as scale_max, true as higher_is_better,
       case when word like 'good%' then 1.0 else 0.0 end as score, word as choice,
       coalesce(doc->>'$.satisfaction_rating.comment', doc->>'$.satisfaction_rating_comment') as comment,
       coalesce(nullif(coalesce(doc->>'$.satisfaction_rating.updated_at', doc->>'$.satisfaction_rating.created_at'), ''),
                nullif(doc->>'$.metric_set.solved_at', ''), nullif(doc->>'$.updated_at', ''), doc->>'$.created_at') as responded_at,
       case when doc->>'$.requester_id' <> '' then 'zendesk:' || (doc->>'$.requester_id') end as vendor_id
from given where regexp_matches(word, '^(good|bad)');
