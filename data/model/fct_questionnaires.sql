-- one row a response, questionnaire of several items and journey: how many items were answered, and their sums
with items as (
    select *, try_cast(regexp_extract(case when item = '' then question_id else item end, '([0-9]+)$', 1) as integer) as number
    from fct_answers
    where metric in ('sus', 'umux_lite', 'suprq', 'acsi_style') and score is not null and not elsewhere),
summed as (
    select *, row_number() over (partition by source, response_id, metric, journey order by number, answer_key) as place,
           count(*) over answered as items, sum(number) over answered as numbers, sum(score_high) over answered as total,
           sum(case when number % 2 = 1 then score_high else -score_high end) over answered as alternating,
           sum(case when scale_max = 10 then score_high / 2 else score_high end) over answered as halved,
           count(*) filter (where scale_min = 0 and scale_max = 10) over answered as tens,
           count(*) filter (where scale_min = 1 and scale_max = 5) over answered as fives,
           min(scale_min) over answered as lowest, max(scale_max) over answered as highest,
           cast(sum(cast('0x' || substr(instrument, 1, 8) as bigint)) over answered as varchar) as whole
    from items
    window answered as (partition by source, response_id, metric, journey))
select answer_key, source, response_id, journey, stage, stage_basis, survey, metric, items, numbers, total, alternating, halved, tens, fives, lowest,
       highest, whole as instrument, responded_at, day, survey_kind, trigger, asked_about, incentive, asked_via, language, lag_class, asked_lag, linked, account,
       session_key, person_id, person_group, segment, region, customer, staff_test, occasion_key, touch_channel, device, country, release, task, weight
from summed where place = 1
