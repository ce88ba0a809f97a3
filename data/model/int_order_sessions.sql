-- one row an order whose session is known: by the session's id, else the person's session around the order
with by_id as (
    select o.source, o.order_id, s.session_key, epoch_ms(o.ordered_at) as t, s.first_t
    from int_orders o
    left join cfg_sources f on f.source = o.source
    left join int_shared_sessions h on h.scope = f.scope and h.session_id = o.session_id
    left join int_sessions own on own.session_key = f.scope || ':' || o.session_id
      || case when h.session_id is null then '' else '@' || coalesce(o.id_anonymous_id, '') end
    left join int_session_keys k on k.session_id = o.session_id
    join int_sessions s on s.session_key = coalesce(own.session_key, k.session_key)),
by_person as (
    select o.source, o.order_id, s.session_key, epoch_ms(o.ordered_at) as t, s.first_t
    from int_orders o
    join int_row_persons r on r.what = 'order' and r.source = o.source and r.id = o.order_id
    join int_sessions s on s.person_id = r.person_id
      and epoch_ms(o.ordered_at) between s.first_t and s.last_t + 1800000
    where not exists (select 1 from by_id b where b.source = o.source and b.order_id = o.order_id)),
candidates as (select * from by_id union all select * from by_person),
ranked as (select *, row_number() over (partition by source, order_id order by first_t desc, session_key) as place from candidates)
select source, order_id, session_key, t from ranked where place = 1
