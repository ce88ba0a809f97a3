-- one row a measurement of a page and journey: how long it took to show, to answer and how much it jumped; its stage by its page
select v.source || ':' || v.event_id as vitals_key, v.source, j.journey, u.stage,
       cast(v.occurred_at + o.offset_minutes * interval '1 minute' as date) as day, lower(v.device) as device,
       cast(round(v.lcp_ms) as bigint) as lcp_ms, cast(round(v.inp_ms) as bigint) as inp_ms,
       cast(round(v.cls * 10000) as bigint) as cls_10000,
       coalesce(c.person_id, case when not a.shared then a.person_id end,
                stand_in(coalesce(v.id_anonymous_id, v.session_id, v.source || v.event_id))) as person_id,
       person_group(coalesce(c.person_id, case when not a.shared then a.person_id end,
                             stand_in(coalesce(v.id_anonymous_id, v.session_id, v.source || v.event_id)))) as person_group
from src_page_vitals v
cross join cfg_journeys j
join cfg_offsets o on v.occurred_at >= o.from_utc and v.occurred_at < o.to_utc
left join int_url_stage u on u.url = coalesce(v.url, '') and u.journey = j.journey
left join int_person_map c on c.kind = 'customer_id' and c.value = v.id_customer_id
left join int_person_map a on a.kind = 'anonymous_id' and a.value = v.id_anonymous_id
