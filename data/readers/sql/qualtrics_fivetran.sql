-- one row an answer of question_response with its response; without one it has no time, person or survey
create or replace temp table _qualtrics_loose as
with joined as (
    select a._row, a.response_id, a.question_id, coalesce(a.sub_question_key, '') as item, a.loop_id,
           concat_ws(' - ', a.question, a.sub_question_text) as question, trim(a.value) as value,
           trim(a."text") as written,
           r.id as found, r.survey_id, coalesce($survey, s.survey_name, r.survey_id) as survey, q.selector,
           coalesce(r.recorded_date, r.end_date) as responded_at, r.status, r.finished, r.recipient_email as email,
           lower(trim(r._fivetran_deleted)) in ('true', 't', 'yes', '1') as gone,
           lower(r.distribution_channel) as asked_via, lower(r.user_language) as language
    from _qualtrics_asked a
    left join _beside_survey_response r on r.id = a.response_id
    left join _beside_question q on q.id = a.question_id and q.survey_id = r.survey_id
    left join _beside_survey s on s.id = r.survey_id),
judged as (
    select *,
           case when found is null then 'its response is not in survey_response beside this file'
                when gone then 'its response was deleted in the source'
                when try_cast(status as integer) & 11 > 0 then 'a preview, a test or spam'
                when lower(finished) in ('0', 'false') then 'not finished' end as _reason
    from joined)
select _row, response_id, question_id, concat_ws('_', loop_id, nullif(item, '')) as item, survey, question,
       case when selector = 'NPS' then 'nps' end as metric,
       case when selector = 'NPS' then try_cast(value as double) end as score,
       case when selector is distinct from 'NPS' then value end as choice, written as comment, responded_at, email,
       asked_via, language, case when _reason is not null then 'excluded' end as _kind, _reason,
       case when found is null then 'response_id' when gone then '_fivetran_deleted' when _reason = 'not finished' then 'finished'
            else 'status' end as _column,
       case when found is null then response_id when gone then 'true' when _reason = 'not finished' then finished else status end as _found
from judged;
