-- one row an answer about a stage and thing that is known of it: whether it was met before the answer was given. What is not known of an answer
-- has no row, and is never taken as not met
with asked as (
    select a.answer_key, a.source, a.response_id, a.journey, a.stage, a.person_id, a.linked, a.responded_at, a.occasion_key, a.order_id, a.touch_channel
    from scored_answers a
    where a.decides and a.asked_about = 'stage' and a.stage_basis <> 'last_stage' and a.journey = $journey
      and ($start is null or a.day between $start and $end)),
went as (
    select a.answer_key, a.stage, a.touch_channel, o.errors, o.rage_clicks, o.dead_clicks, o.backtracks, o.dwell_ms, o.has_goal, o.goal_reached
    from asked a join people_occasions o
      on o.journey = a.journey and o.stage = a.stage and cast(o.person_id as varchar) || '|' || o.stage || '|' || cast(o.episode as varchar) = a.occasion_key),
ordered as (
    select a.answer_key, a.stage, a.responded_at, o.order_key, o.carrier, o.task, o.delivered_at, epoch(o.delivered_at - o.ordered_at) as waited
    from asked a join people_orders o on o.order_id = a.order_id),
replied as (
    -- a source that never says when it replied cannot show that it did not
    select distinct source from coverage where signal = 'ticket replies' and events > 0),
helped as (
    -- what they had asked for help about in the thirty days before they answered
    select a.answer_key, a.stage, t.category, t.created_at < a.responded_at - interval '24 hours' as judged,
           case when r.source is not null and not coalesce(no_wait(t.first_reply_at, t.created_at, t.contact_via), false) then coalesce(t.first_reply_at, a.responded_at) > t.created_at + interval '24 hours' end as late
    from asked a join counted_tickets t on t.person_id = a.person_id left join replied r on r.source = t.source
    where t.created_at < a.responded_at and t.created_at >= a.responded_at - interval '30 days'),
reasons as (
    select distinct stage, category from helped where category is not null),
armed as (
    -- whoever was in one arm only
    select a.answer_key, e.experiment, min(e.variant) as variant
    from asked a join people_exposures e on e.person_id = a.person_id
    where e.exposed_at < a.responded_at
    group by a.answer_key, e.experiment having count(distinct e.variant) = 1)
select a.answer_key, 'promise_said' as kind, p.promise as name, '' as part, bool_or(p.outcome = 'broken') as met
from asked a
join people_answers q on q.source = a.source and q.response_id = a.response_id and q.journey = a.journey
join people_promises p on p.made_about = 'answer' and p.about = q.answer_key and p.journey = a.journey
group by all
union all
select o.answer_key, 'promise', p.promise, '', bool_or(p.outcome = 'broken')
from ordered o join people_promises p on p.made_about = 'order' and p.about = o.order_key and p.journey = $journey
where least(coalesce(p.done_at, p.due_at), p.due_at) <= o.responded_at group by all
union all
select a.answer_key, 'promise', p.promise, '', bool_or(p.outcome = 'broken')
from asked a join people_promises p on p.made_about = 'ticket' and p.person_id = a.person_id and p.journey = a.journey
where a.linked and p.due_at <= a.responded_at and p.due_at >= a.responded_at - interval '30 days' group by all
union all
select answer_key, 'friction', 'error', '', errors > 0 from went
union all
select answer_key, 'friction', 'rage_click', '', rage_clicks > 0 from went
union all
select answer_key, 'friction', 'dead_click', '', dead_clicks > 0 from went
union all
select answer_key, 'friction', 'backtrack', '', backtracks > 0 from went
union all
select answer_key, 'friction', 'goal_missed', '', not goal_reached from went where has_goal
union all
select answer_key, 'waiting', 'visit', '', dwell_ms > quantile_cont(dwell_ms, 0.75) over (partition by stage, touch_channel) from went
union all
select answer_key, 'waiting', 'delivery', '', waited > quantile_cont(waited, 0.75) over (partition by stage, task) from ordered where delivered_at <= responded_at
union all
select answer_key, 'waiting', 'reply', '', bool_or(late) from helped where judged and late is not null group by answer_key
union all
select a.answer_key, 'reason', r.category, '', count(h.answer_key) > 0
from asked a join reasons r on r.stage = a.stage left join helped h on h.answer_key = a.answer_key and h.category = r.category
where a.linked group by all
union all
select answer_key, 'carrier', carrier, '', true from ordered where carrier is not null and delivered_at <= responded_at
union all
select answer_key, 'arm', experiment, variant, true from armed
