-- one row a page view of a visit (people linked before) up to its first rage click, dead click or error: whether it came on
-- this page, and whether a contact followed within 72 hours. Sets what happened beside what had not happened yet
with looked_at as (
    -- first, so that what follows orders the pages of these visits only
    select session_key, journey, stage from pop_visits where linked_before),
steps as (
    select e.session_key, e.journey, e.stage, e.t, e.event_id, e.kind, split_part(e.url, '?', 1) as page
    from int_event_stages e
    join looked_at v on v.session_key = e.session_key and v.journey = e.journey and v.stage = e.stage
    where e.kind = 'view' or is_friction(e.kind)),
frustrated as (
    select session_key, journey, stage, min(t) as friction_t from steps where kind <> 'view' group by session_key, journey, stage),
common as (
    -- the pages of a stage told apart: its eight most viewed
    select journey, stage, page, place
    from (select journey, stage, page, row_number() over (partition by journey, stage order by count(*) desc, page) as place
          from (select journey, stage, split_part(url, '?', 1) as page from int_event_stages
                where kind = 'view' and stage is not null) as viewed
          group by journey, stage, page) as ranked
    where place <= 8),
views as (
    select s.session_key, s.journey, s.stage, s.t, s.event_id, coalesce(c.place, 9) as page,
           row_number() over (partition by s.session_key, s.journey, s.stage, coalesce(c.place, 9) order by s.t, s.event_id) as sight,
           lead(s.t) over (partition by s.session_key, s.journey, s.stage order by s.t, s.event_id) as next_t
    from steps s left join common c on c.journey = s.journey and c.stage = s.stage and c.page = s.page
    where s.kind = 'view'),
walked as (
    -- which of those pages the visit had seen by then, one digit a page
    select session_key, journey, stage, t, event_id, page, next_t,
           sum(case when sight = 1 then power(10, page - 1) else 0 end) over (
               partition by session_key, journey, stage order by t, event_id
               rows between unbounded preceding and current row) as seen
    from views),
placed as (
    select w.session_key, w.journey, w.stage, w.t, w.event_id, v.visit_id, v.person_id, v.person_group, v.day, v.started_at, v.touch_channel,
           v.device, v.region, v.country, v.segment, v.account, v.customer, v.release,
           case when f.friction_t >= w.t and (w.next_t is null or f.friction_t < w.next_t) then 1 else 0 end as exposed,
           f.friction_t is not null as frustrated_later,
           make_timestamp(case when f.friction_t >= w.t and (w.next_t is null or f.friction_t < w.next_t)
                               then f.friction_t else w.t end * 1000) as since,
           concat_ws('|', w.journey, w.stage, cast(w.page as varchar), cast(cast(w.seen as bigint) as varchar), v.touch_channel,
                     coalesce(v.device, ''), cast(v.customer as varchar),
                     -- elapsed time in steps of a doubling, from five seconds on
                     cast(cast(floor(ln(greatest((w.t - epoch_ms(v.started_at)) / 5000e0, 1e0)) / ln(2e0)) as integer) as varchar)) as stratum
    from walked w
    join fct_visits v on v.session_key = w.session_key and v.journey = w.journey and v.stage = w.stage
    left join frustrated f on f.session_key = w.session_key and f.journey = w.journey and f.stage = w.stage
    where (f.friction_t is null or w.t <= f.friction_t)
      -- a rage click read from single clicks has no moment of its own: such a visit is on neither side
      and (f.friction_t is not null or not v.friction)),
free as (
    -- no contact in the seven days before, nor an open one: else the arrow could run the other way
    select p.* from placed p
    where not exists (select 1 from pop_tickets t where t.person_id = p.person_id
                      and t.created_at <= p.since
                      and (t.created_at > p.since - interval '7 days' or t.ended_at is null or t.ended_at > p.since))),
hazards as (
    select stratum, avg(exposed) as hazard from free group by stratum),
weighed as (
    -- who is frustrated later leaves the controls; who stays stands for them: 1 / the chance of staying, page by page
    select f.*, exp(-coalesce(sum(ln(greatest(1 - h.hazard, 0.05e0))) over (
                   partition by f.visit_id order by f.t desc, f.event_id desc
                   rows between unbounded preceding and 1 preceding), 0)) as stayed
    from free f join hazards h on h.stratum = f.stratum),
marks as (
    select person_id, journey, since from weighed where exposed = 1),
hits as (
    -- a contact belongs to the last friction before it; elsewhere: what it is about belongs to another stage
    select w.visit_id, w.t, w.event_id,
           count(distinct t.ticket_key) > count(distinct case when t.journey = w.journey and t.stage = w.stage then t.ticket_key end) as elsewhere
    from weighed w
    join pop_tickets t on t.person_id = w.person_id
      and t.created_at > w.since and t.created_at <= w.since + interval '72 hours'
    where not exists (select 1 from marks m where m.person_id = w.person_id and m.journey = w.journey
                      and m.since > w.since and m.since < t.created_at)
    group by w.visit_id, w.t, w.event_id)
select w.visit_id, w.journey, w.stage, w.day, w.person_id, w.person_group, w.exposed, w.since, w.stratum,
       case when w.exposed = 1 then 1e0 else w.stayed end as weight, h.visit_id is not null as contacted,
       coalesce(h.elsewhere, false) as contacted_elsewhere,
       w.touch_channel, w.device, w.region, w.country, w.segment, w.account, w.customer, w.release
from weighed w
join (select stratum from hazards where hazard > 0) as met on met.stratum = w.stratum
left join hits h on h.visit_id = w.visit_id and h.t = w.t and h.event_id = w.event_id
where w.exposed = 1 or not w.frustrated_later
