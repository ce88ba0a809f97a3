-- one row an answer with its survey's declared kind and trigger, its person, its session and its instrument
select a.source || ':' || a.response_id || ':' || a.question_id || ':' || a.item as answer_key, a.source, a.response_id,
       a.question_id, a.item, a.survey, a.question, a.metric,
       -- whether it was solved is asked in words: they are its score
       coalesce(a.score, case when y.said_yes = coalesce(a.higher_is_better, true) then coalesce(a.scale_max, 1e0)
                              when y.word is not null then coalesce(a.scale_min, 0e0) end) as score, a.scale_min, a.scale_max,
       coalesce(a.higher_is_better, true) as higher_is_better, a.choice, a.comment, a.responded_at, a.invited_at,
       a.experienced_at, a.asked_via, coalesce(c.kind, a.survey_kind) as survey_kind, coalesce(c.trigger, a.trigger) as trigger,
       coalesce(a.incentive, c.incentive, false) as incentive, a.language, a.position, a.ticket_id, a.order_id, a.url,
       a.stage_hint, trim(a.task) as task, a.weight, r.person_id, coalesce(r.linked, false) as linked, r.account,
       s.session_key, s.first_t as session_first_t, s.last_t as session_last_t,
       md5(concat_ws('|', coalesce(a.question, a.survey || ':' || a.question_id), cast(a.scale_min as varchar), cast(a.scale_max as varchar),
           cast(coalesce(a.higher_is_better, true) as varchar), cast(a.position as varchar), a.asked_via, a.language,
           coalesce(c.trigger, a.trigger), cast(coalesce(a.incentive, c.incentive, false) as varchar))) as instrument
from src_survey_answers a
left join cfg_surveys c on lower(c.name) = lower(a.survey)
left join int_yes_no y on a.metric = 'resolved' and y.word = lower(trim(a.choice))
left join int_row_persons r on r.what = 'answer' and r.source = a.source and r.id = a.response_id
-- the session of the same files, else the only one with that id: two vendors' ids that look alike are no match
left join cfg_sources f on f.source = a.source
left join int_shared_sessions h on h.scope = f.scope and h.session_id = a.session_id
left join int_sessions own on own.session_key = f.scope || ':' || a.session_id
  || case when h.session_id is null then '' else '@' || coalesce(a.id_anonymous_id, '') end
left join int_session_keys k on k.session_id = a.session_id
left join int_sessions s on s.session_key = coalesce(own.session_key, k.session_key)
