-- one row a ticket and journey: cause by its reason, then tag, order, the stage before, the record's own hint; else unmapped.
-- A ticket that another journey knows better (by its reason, where this one has only the stage before) is that journey's: elsewhere
with before as (
    select t.source, t.ticket_id, v.journey, v.stage,
           row_number() over (partition by t.source, t.ticket_id, v.journey order by v.ended_at desc, v.visit_id) as place
    from int_tickets t join fct_visits v on v.person_id = t.person_id and v.started_at <= t.created_at
      and v.ended_at >= t.created_at - interval '72 hours' and not v.is_bot),
known as (
    -- since when a person is known by something else than this very ticket
    select person_id, min(known_at) as known_at
    from (select person_id, started_at as known_at from fct_visits where linked_before
          union all select person_id, login_at from int_person_map
          union all select person_id, customer_since from int_people) as sight
    group by person_id),
touched as (
    select source, ticket_id, journey, list(distinct stage order by stage) as stages from before group by source, ticket_id, journey),
placed as (
    select t.source, t.ticket_id, j.journey, coalesce(r.stage, os.stage, b.stage, h.stage) as stage,
           case when r.stage is not null then r.basis when os.stage is not null then 'order' when b.stage is not null then 'before'
                when h.stage is not null then 'hint' else 'none' end as basis,
           case when r.stage is not null then 1 when os.stage is not null then 2 when b.stage is not null then 3 when h.stage is not null then 4
                else 5 end as guess
    from int_tickets t
    cross join cfg_journeys j
    left join int_ticket_rules r on r.source = t.source and r.ticket_id = t.ticket_id and r.journey = j.journey
    left join int_order_keys ok on ok.order_id = t.order_id
    left join int_order_stages os on os.source = ok.source and os.order_id = ok.order_id and os.journey = j.journey
    left join before b on b.source = t.source and b.ticket_id = t.ticket_id and b.journey = j.journey and b.place = 1
    left join cfg_stages h on h.journey = j.journey and lower(h.stage) = lower(t.stage_hint)),
homed as (
    select *, guess > min(guess) over (partition by source, ticket_id) as elsewhere from placed)
select t.source || ':' || t.ticket_id as ticket_key, t.source, t.ticket_id, w.journey,
       case when not w.elsewhere then w.stage end as stage, case when w.elsewhere then 'elsewhere' else w.basis end as stage_basis, w.elsewhere,
       b.stage as stage_before, coalesce(x.stages, []) as stages_touched,
       t.person_id, person_group(t.person_id) as person_group, coalesce(t.linked, false) as linked,
       coalesce(t.linked and k.known_at <= t.created_at, false) as linked_before,
       t.created_at, t.replied_at as first_reply_at, t.done_at as solved_at, t.shut_at as closed_at, lower(t.status) as status,
       cast(t.created_at + o.offset_minutes * interval '1 minute' as date) as day,
       -- a ticket opened again has not ended, whenever it was solved before
       t.ended, case when t.ended then coalesce(t.done_at, t.shut_at) end as ended_at,
       cast(case when t.ended then coalesce(t.done_at, t.shut_at) end + eo.offset_minutes * interval '1 minute' as date) as ended_day,
       t.contact_via, t.category, t.tags, t.priority, t.subject, t.body, t.agent_replies as replies, t.times_reopened as reopens,
       -- solved at least once: a ticket that was opened again had been, whether its source still says when or not
       t.done_at is not null or coalesce(lower(t.status) = 'solved', false) or coalesce(t.times_reopened, 0) > 0 as was_solved, t.transfers, t.order_id,
       t.excluded_because is null and not coalesce(p.staff_test, false) and not w.elsewhere as counted,
       coalesce(t.excluded_because, case when p.staff_test then 'staff or test people' end) as excluded_because, coalesce(cc.cost, oc.cost) as cost,
       p.segment, p.region, p.account, coalesce(p.customer_since <= t.created_at, false) as customer,
       coalesce(p.staff_test, false) as staff_test
from int_tickets t
join homed w on w.source = t.source and w.ticket_id = t.ticket_id
join cfg_offsets o on t.created_at >= o.from_utc and t.created_at < o.to_utc
left join cfg_offsets eo on coalesce(t.done_at, t.shut_at) >= eo.from_utc and coalesce(t.done_at, t.shut_at) < eo.to_utc
left join before b on b.source = t.source and b.ticket_id = t.ticket_id and b.journey = w.journey and b.place = 1
left join touched x on x.source = t.source and x.ticket_id = t.ticket_id and x.journey = w.journey
left join cfg_contact_costs cc on cc.contact_via = lower(t.contact_via)
left join cfg_contact_costs oc on oc.contact_via = 'other'
left join known k on k.person_id = t.person_id
left join int_people p on p.person_id = t.person_id and t.created_at >= p.valid_from and t.created_at < p.valid_until
