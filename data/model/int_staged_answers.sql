-- one row an answer and journey: its stage and by what rule, three times, lag class, instrument. An answer about a delivery is
-- dated by the delivery, and how long it came after is no part of how it was asked: a late parcel makes a late answer. An answer about a
-- stage that another journey knows better (its survey is declared there) is that journey's: elsewhere
with by_session as (
    select a.answer_key, v.journey, v.stage,
           row_number() over (partition by a.answer_key, v.journey order by
             case when v.stage = r.stage then 0 else 1 end,
             case when v.started_at <= coalesce(a.experienced_at, a.invited_at, a.responded_at, v.ended_at) then 0 else 1 end,
             v.ended_at desc, v.visit_id) as place
    from int_answers a join fct_visits v on v.session_key = a.session_key
    left join int_survey_rules r on r.survey = a.survey and r.journey = v.journey),
by_ticket as (
    -- the ticket of the same source, else the only one with that id
    select a.answer_key, t.journey, t.stage, t.category, t.solved_at, t.source = a.source as own,
           count(*) over (partition by a.answer_key, t.journey) as candidates
    from int_answers a join fct_tickets t on t.ticket_id = a.ticket_id and not t.elsewhere),
by_person as (
    select a.answer_key, v.journey, v.stage,
           row_number() over (partition by a.answer_key, v.journey order by v.ended_at desc, v.visit_id) as place
    from int_answers a join fct_visits v on v.person_id = a.person_id and not v.is_bot
      and v.started_at <= coalesce(a.invited_at, a.responded_at)
      and v.ended_at >= coalesce(a.invited_at, a.responded_at) - interval '7 days'),
ordered as (
    -- about the delivery: asked after the parcel came, or by a survey that mostly is; a survey named in the order's own stage is not
    select a.answer_key, j.journey, ord.ordered_at, ord.delivered_at, ord.task, os.stage, sr.stage as declared,
           coalesce(a.invited_at, a.responded_at) as asked_at,
           (d.survey is not null or coalesce(ord.delivered_at <= coalesce(a.experienced_at, a.invited_at, a.responded_at), false))
             and (sr.stage is null or os.stage is null or sr.stage <> os.stage) as about_delivery,
           d.survey is not null as delivery_survey
    from int_answers a
    cross join cfg_journeys j
    join int_order_keys ok on ok.order_id = a.order_id
    join fct_orders ord on ord.source = ok.source and ord.order_id = ok.order_id
    left join int_order_stages os on os.source = ok.source and os.order_id = ok.order_id and os.journey = j.journey
    left join int_survey_rules sr on sr.survey = a.survey and sr.journey = j.journey
    left join int_delivery_surveys d on d.survey = lower(a.survey)),
staged as (
    select a.*, j.journey, ord.task as order_task, t.category as ticket_reason,
           coalesce(ord.about_delivery or ord.delivery_survey, false) as by_delivery,
           coalesce(os.stage, t.stage, bs.stage, sr.stage, ur.stage, h.stage, bp.stage) as found_stage,
           -- how well this journey knows it; what is said about no stage is every journey's
           case when coalesce(a.survey_kind, '') not in ('transactional', 'intercept', 'post_contact') then 0
                when a.survey_kind = 'post_contact' and t.stage is not null then 1 when sr.stage is not null then 2
                when coalesce(os.stage, t.stage, bs.stage, ur.stage, h.stage) is not null then 3
                when bp.stage is not null then 4 else 5 end as guess,
           case when os.stage is not null then 'order' when t.stage is not null then 'ticket' when bs.stage is not null then 'session'
                when sr.stage is not null then 'survey' when ur.stage is not null then 'url' when h.stage is not null then 'hint'
                when bp.stage is not null then 'last_stage' else 'none' end as found_basis,
           coalesce(a.experienced_at, case when a.survey_kind = 'post_contact' then t.solved_at end,
                    make_timestamp(a.session_last_t * 1000),
                    case when not ord.about_delivery then ord.ordered_at when ord.delivered_at <= ord.asked_at then ord.delivered_at end,
                    a.invited_at, a.responded_at) as experienced
    from int_answers a
    cross join cfg_journeys j
    left join int_survey_rules sr on sr.survey = a.survey and sr.journey = j.journey
    left join ordered ord on ord.answer_key = a.answer_key and ord.journey = j.journey
    left join cfg_stages os on os.journey = j.journey and os.stage = ord.stage and not ord.about_delivery
    left join by_ticket t on t.answer_key = a.answer_key and t.journey = j.journey and (t.own or t.candidates = 1)
    left join by_session bs on bs.answer_key = a.answer_key and bs.journey = j.journey and bs.place = 1
    left join int_url_stage ur on ur.url = a.url and ur.journey = j.journey
    left join cfg_stages h on h.journey = j.journey and lower(h.stage) = lower(a.stage_hint)
    left join by_person bp on bp.answer_key = a.answer_key and bp.journey = j.journey and bp.place = 1),
homed as (
    select *, guess > min(guess) over (partition by answer_key) as elsewhere from staged),
-- relationship answers belong to the journey, and a survey nobody declared is never guessed into a stage
placed as (
    select *, case when elsewhere then null when survey_kind in ('transactional', 'intercept', 'post_contact') then found_stage end as stage,
           case when survey_kind = 'relationship' then 'journey' when survey_kind is null or survey_kind = 'research' then 'unstaged'
                when elsewhere then 'elsewhere' else found_basis end as stage_basis
    from homed)
select p.answer_key, p.source, p.response_id, p.question_id, p.item, p.journey, p.stage, p.stage_basis, p.elsewhere, p.survey, p.question,
       p.metric, p.score, p.scale_min, p.scale_max, p.higher_is_better, p.choice, p.comment,
       p.responded_at, p.invited_at, p.experienced as experienced_at, p.survey_kind, p.trigger, p.incentive, p.asked_via,
       p.language, p.position, p.instrument, p.weight, p.linked, coalesce(p.account, q.account) as account, p.session_key, p.ticket_id, p.order_id,
       coalesce(p.task, p.order_task, p.ticket_reason) as task,
       coalesce(p.person_id, stand_in(p.source || ':' || p.response_id)) as person_id,
       person_group(coalesce(p.person_id, stand_in(p.source || ':' || p.response_id))) as person_group,
       cast(case when p.survey_kind = 'relationship' then coalesce(p.responded_at, p.experienced) else p.experienced end
            + o.offset_minutes * interval '1 minute' as date) as day,
       case when p.responded_at is null or p.experienced is null then null
            when p.responded_at - p.experienced <= interval '1 hour' then 'in the moment'
            when p.responded_at - p.experienced <= interval '3 days' then 'fresh'
            when p.responded_at - p.experienced <= interval '14 days' then 'recalled' else 'remote' end as lag_class,
       p.by_delivery,
       q.segment, q.region, coalesce(q.customer_since <= p.experienced, false) as customer,
       coalesce(q.staff_test, false) as staff_test
from placed p
left join cfg_offsets o on p.experienced >= o.from_utc and p.experienced < o.to_utc
-- of an answer without any date: what is known of the person last
left join int_people q on q.person_id = p.person_id and coalesce(p.experienced, timestamp '9998-12-31 00:00:00') >= q.valid_from
  and coalesce(p.experienced, timestamp '9998-12-31 00:00:00') < q.valid_until
