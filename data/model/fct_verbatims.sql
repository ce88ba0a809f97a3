-- one row a text people wrote (a comment in a survey, the message of a counted ticket) and journey: how it was scored, or why not.
-- The words themselves stay with the answer or the ticket
with written as (
    select a.answer_key as verbatim_key, 'survey' as written_in, a.source, a.journey, a.stage, a.stage_basis, a.survey, a.survey_kind,
           a.trigger, a.asked_about, a.question_id, a.occasion_key, a.comment as text, coalesce(a.question, '') as question,
           coalesce(a.language, '') as declared, a.instrument, a.responded_at as written_at, a.day, a.person_id, a.linked, a.segment,
           a.region, a.account, a.customer, a.staff_test, a.touch_channel, a.device, a.country, a.release, a.task, a.asked_via,
           null as contact_via, null as category, a.lag_class, a.asked_lag
    from fct_answers a where a.comment is not null and not a.elsewhere
    union all
    select t.ticket_key, 'ticket', t.source, t.journey, t.stage, t.stage_basis, null, null,
           null, null, null, null, t.body, '', '', 'ticket|' || coalesce(t.contact_via, ''), t.created_at, t.day,
           coalesce(t.person_id, stand_in(t.ticket_key)), t.linked, t.segment,
           t.region, t.account, t.customer, t.staff_test, null, null, null, null, null, null,
           t.contact_via, t.category, null, null
    from pop_tickets t where t.body is not null)
select w.verbatim_key, w.written_in, w.source, w.journey, w.stage, w.stage_basis, w.survey, w.survey_kind, w.trigger, w.asked_about, w.question_id,
       w.occasion_key, w.written_at, w.day, w.person_id, person_group(w.person_id) as person_group, w.linked, w.segment, w.region, w.account,
       w.customer, w.staff_test, w.touch_channel, w.device, w.country, w.release, w.task, w.asked_via, w.contact_via, w.category, w.lag_class, w.asked_lag,
       coalesce(s.language, nullif(w.declared, '')) as language, s.length, s.not_scored, s.sentiment, s.compound, s.cues, s.effort,
       s.emotions, s.intensities, s.scorer, s.topics,
       -- the same question read by the same list, in the same language and about as long
       md5(concat_ws('|', w.instrument, s.language, s.length, s.scorer)) as instrument
from written w
join int_text_scores s on s.text = w.text and s.question = w.question and s.declared = w.declared
