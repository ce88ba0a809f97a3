-- one row an occasion somebody answered about: its latest answer of the metric that decides who is unhappy in its stage (an answer tied to no
-- occasion is one of its own), with what is held equal when causes are compared
select a.answer_key, a.stage, a.source, a.response_id, a.person_id, a.person_group, a.metric, case when a.unhappy then 1 else 0 end as unhappy,
       concat_ws('|', a.instrument, a.asked_lag) as way, a.task, a.touch_channel, a.segment, cast(a.customer as varchar) as customer,
       cast(date_trunc('quarter', a.day) as varchar) as quarter, a.device, a.release, a.region, a.country, a.survey, a.asked_via, a.language,
       -- of the last quarter of the days asked for: what nobody meets any more is no cause of today
       a.day is null or $end is null or a.day > cast($end as date) - 91 as current
from scored_answers a
where a.decides and a.asked_about = 'stage' and a.stage_basis <> 'last_stage' and a.journey = $journey
  and ($start is null or a.day between $start and $end)
qualify row_number() over (partition by a.stage, coalesce(a.occasion_key, a.answer_key) order by a.responded_at desc, a.answer_key desc) = 1
order by a.answer_key
