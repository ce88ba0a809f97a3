-- one row a response, question and item; a response that does not count is one row with the reason
create or replace temp table _qualtrics_answers as
with verdicts as (
    select *,
           case when try_cast(status as integer) & 11 > 0
                  or regexp_matches(lower(status), 'preview|vorschau|spam|survey test|umfragetest|synthetic')
                then 'status'
                when lower(finished) in ('0', 'false', 'falsch', 'faux', 'falso') then 'finished' end as left_out,
           case when try_cast(status as integer) & 16 > 0 or lower(status) like 'offline%'
                then coalesce(ended_at, recorded_at) else coalesce(recorded_at, ended_at) end as responded_at
    from _qualtrics_responses),
placed as (
    select c._row, d.*, trim(c.answer) as answer, v.score
    from _qualtrics_cells c
    join _qualtrics_columns d on d.cell = c.cell
    left join _qualtrics_values v on v.cell = c.cell and v.answer = trim(c.answer)
    where trim(c.answer) not in ('', '-99')),
answers as (
    select _row, question_id, item, min(question) as question, min(metric) as metric, min(position) as position,
           min(scale_min) as scale_min, min(scale_max) as scale_max, bool_and(higher_is_better) as higher_is_better,
           max(score) filter (not is_text) as score,
           max(answer) filter (not is_text and (score is null or try_cast(answer as double) is null)) as choice,
           string_agg(answer, chr(10) order by cell) filter (is_text) as comment
    from placed group by _row, question_id, item)
select r._row, r.response_id, a.question_id, a.item, $survey as survey, a.question, a.metric, a.score, a.scale_min,
       a.scale_max, a.higher_is_better, a.choice, a.comment, a.position, r.responded_at, r.invited_at, r.experienced_at,
       lower(r.asked_via) as asked_via, lower(r.language) as language, r.incentive, r.trigger,
       r.session_id, r.ticket_id, r.order_id, r.url, r.stage_hint, r.task, r.weight,
       coalesce(r.customer_id, r.external) as customer_id, r.email, r.phone,
       r.anonymous_id, r.account,
       case when r.left_out is not null or a._row is null then 'excluded' end as _kind,
       case r.left_out when 'status' then 'a preview, a test or spam' when 'finished' then 'not finished'
            else case when a._row is null then 'no question answered' end end as _reason,
       r.left_out as _column, case r.left_out when 'status' then r.status when 'finished' then r.finished end as _found
from verdicts r left join answers a on a._row = r._row and r.left_out is null;
