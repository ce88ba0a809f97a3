-- one row a promise and what it was made about (order, ticket, answer) and journey: kept, broken, open, withdrawn or unrecorded (asked and said neither, too)
with made as (
    select p.name as promise, p.stage, j.journey, p.evidence_kind, 'order' as made_about, o.source, o.ordered_at as made_at, o.order_key as about, o.person_id, o.linked, o.cancelled_at,
           o.carrier, o.touch_channel, o.segment, o.region, o.account, o.staff_test, false as no_time,
           case p.done when 'delivered_at' then o.delivered_at end as done_at, p.due = 'promised_at' as by_day,
           case p.due when 'promised_at' then o.promised_at when 'ordered_at' then o.ordered_at end + p.hours * interval '1 hour' as due_at
    from cfg_promises p join cfg_stages j on j.stage = p.stage cross join fct_orders o
    where p.fact = 'orders'
    union all
    select p.name, p.stage, j.journey, p.evidence_kind, 'ticket', t.source, t.created_at, t.ticket_key, t.person_id, t.linked, null, null, null, t.segment, t.region,
           t.account, t.staff_test, coalesce(case p.done when 'first_reply_at' then no_wait(t.first_reply_at, t.created_at, t.contact_via) end, false),
           case p.done when 'first_reply_at' then t.first_reply_at when 'solved_at' then t.solved_at end, false,
           t.created_at + p.hours * interval '1 hour'
    from cfg_promises p join cfg_stages j on j.stage = p.stage
    join pop_tickets t on t.journey = j.journey
    where p.fact = 'tickets'),
timed as (
    -- a promise that names a day holds until the end of that day, where the company is
    select m.*, count(m.done_at) over (partition by m.promise, m.source) as ever_done,
           -- done before it was promised, or a reply that says nothing of the wait: when is not known, unless it is a day without a time, the day it was promised on
           m.no_time or coalesce(lies_before(m.done_at, m.made_at) and not (m.made_about = 'order' and m.done_at + f.offset_minutes * interval '1 minute'
                      = date_trunc('day', m.made_at + f.offset_minutes * interval '1 minute')), false) as too_soon,
           m.due_at + f.offset_minutes * interval '1 minute' as local_due,
           case when m.by_day and m.due_at + f.offset_minutes * interval '1 minute'
                     = date_trunc('day', m.due_at + f.offset_minutes * interval '1 minute')
                then m.due_at + interval '1 day' else m.due_at end as until
    from made m join cfg_offsets f on m.due_at >= f.from_utc and m.due_at < f.to_utc),
judged as (
    -- a source that never says when it was done cannot show that it was not, and a time before the promise says nothing of when
    select about, made_about, promise, stage, journey, evidence_kind, person_id, linked, carrier, touch_channel, segment, region, account, staff_test,
           done_at, until as due_at, cast(local_due as date) as day,
           case when ever_done = 0 or too_soon then 'unrecorded' when done_at <= until then 'kept' when done_at is null and cancelled_at < until then 'withdrawn'
                when until > (select data_as_of from fct_meta) then 'open' else 'broken' end as outcome
    from timed
    union all
    select a.answer_key, 'answer', p.name, p.stage, a.journey, p.evidence_kind, a.person_id, a.linked, null, a.touch_channel, a.segment, a.region,
           a.account, a.staff_test, a.responded_at, a.experienced_at, a.day,
           case when lower(trim(a.choice)) in (select u.word from cfg_unanswered u) then 'unrecorded'
                when coalesce(lower(trim(a.choice)) = lower(trim(p.answer)), a.score = try_cast(p.answer as double)) then 'kept'
                when a.choice is null and try_cast(p.answer as double) is null then 'unrecorded' else 'broken' end
    from cfg_promises p join fct_answers a on (a.question_id = p.question or lower(trim(a.question)) = lower(trim(p.question))) and (p.survey = '' or lower(p.survey) = lower(a.survey))
    join cfg_stages j on j.stage = p.stage and j.journey = a.journey
    where p.fact = 'answers' and coalesce(a.choice, cast(a.score as varchar)) is not null)
select about, made_about, promise, stage, journey, evidence_kind, carrier, touch_channel, segment, region, account, staff_test, done_at, due_at, day,
       outcome, coalesce(linked, false) as linked, coalesce(person_id, stand_in(about)) as person_id,
       person_group(coalesce(person_id, stand_in(about))) as person_group
from judged
