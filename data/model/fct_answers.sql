-- one row an answer and journey: staged, with the occasion it is about and where the person was then
select a.* exclude (task, by_delivery), coalesce(a.task, v.task) as task,
       -- the time to answer as a part of how it was asked; none of a delivery, whose lateness it would tell
       case when not a.by_delivery then a.lag_class end as asked_lag, case when o.episode is not null
                 then cast(o.person_id as varchar) || '|' || o.stage || '|' || cast(o.episode as varchar)
            -- no visit of it is known: the same question to the same person about one order, else to one invitation, is asked about one occasion
            when a.asked_about in ('stage', 'outcome') and i.person_id is not null and coalesce(a.order_id, cast(a.invited_at as varchar)) is not null
                 then concat_ws('|', cast(i.person_id as varchar), coalesce('order ' || a.order_id, 'invited ' || cast(a.invited_at as varchar)), coalesce(a.stage, ''),
                                lower(a.survey), a.question_id, a.item) end as occasion_key,
       -- whether this answer is of the metric that decides who is unhappy there
       coalesce(a.unscored_because is null and a.unhappy is not null and a.metric = u.metric, false) as decides,
       coalesce(s.touch_channel, r.touch_channel) as touch_channel, s.device, s.country, s.release
from int_scored_answers a
left join int_answer_occasions o on o.answer_key = a.answer_key and o.journey = a.journey
left join int_row_persons i on i.what = 'answer' and i.source = a.source and i.id = a.response_id
left join int_outcomes u on u.journey = a.journey and u.asked_about = a.asked_about and u.stage = coalesce(a.stage, '')
left join int_sessions s on s.session_key = a.session_key
left join fct_visits v on v.session_key = a.session_key and v.journey = a.journey and v.stage = a.stage
left join int_order_keys k on k.order_id = a.order_id
left join fct_orders r on r.source = k.source and r.order_id = k.order_id
