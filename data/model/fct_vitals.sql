-- one row a measurement of a page and journey: how long it took to show, to answer and how much it jumped; its stage by its page, and
-- whether it is a machine's: of its session, where that is known, else of a browser that came as a bot every time
with machines as (
    select person_id from int_sessions where person_id is not null group by person_id having bool_and(is_bot)),
met as (
    -- the session of the same files, else the only one with that id
    select v.source, v.event_id, s.person_id, s.is_bot
    from src_page_vitals v
    left join cfg_sources f on f.source = v.source
    left join int_shared_sessions h on h.scope = f.scope and h.session_id = v.session_id
    left join int_sessions own on own.session_key = f.scope || ':' || v.session_id
      || case when h.session_id is null then '' else '@' || coalesce(v.id_anonymous_id, '') end
    left join int_session_keys k on k.session_id = v.session_id
    join int_sessions s on s.session_key = coalesce(own.session_key, k.session_key)),
whose as (
    select v.source, v.event_id, v.occurred_at, v.url, v.device, v.lcp_ms, v.inp_ms, v.cls, m.is_bot,
           coalesce(c.person_id, m.person_id, case when not a.shared then a.person_id end,
                    stand_in(coalesce(v.id_anonymous_id, v.session_id, v.source || v.event_id))) as person_id
    from src_page_vitals v
    left join met m on m.source = v.source and m.event_id = v.event_id
    left join int_person_map c on c.kind = 'customer_id' and c.value = v.id_customer_id
    left join int_person_map a on a.kind = 'anonymous_id' and a.value = v.id_anonymous_id)
select v.source || ':' || v.event_id as vitals_key, v.source, j.journey, u.stage,
       cast(v.occurred_at + o.offset_minutes * interval '1 minute' as date) as day, lower(v.device) as device,
       cast(round(v.lcp_ms) as bigint) as lcp_ms, cast(round(v.inp_ms) as bigint) as inp_ms,
       cast(round(v.cls * 10000) as bigint) as cls_10000, v.person_id, person_group(v.person_id) as person_group,
       coalesce(v.is_bot, b.person_id is not null) as is_bot
from whose v
cross join cfg_journeys j
join cfg_offsets o on v.occurred_at >= o.from_utc and v.occurred_at < o.to_utc
left join int_url_stage u on u.url = coalesce(v.url, '') and u.journey = j.journey
left join machines b on b.person_id = v.person_id
