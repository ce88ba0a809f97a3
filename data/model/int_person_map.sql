-- one row an id: the person it belongs to, whether that person is known, since when and by what the id was linked
with strongest as (
    select c.component, min(lpad(cast(s.strength as varchar), 2, '0') || ':' || n.kind || ':' || n.value) as canonical,
           min(s.strength) as strength
    from int_nodes n join _components c on c.node = n.node join _strength s on s.kind = n.kind
    group by c.component),
ends as (
    select kind_a as kind, value_a as value, made_by, first_seen from int_edges
    union all select kind_b, value_b, made_by, first_seen from int_edges),
linked as (
    -- an edge without a time (a customer list) has always been there
    select kind, value,
           min(case when made_by = 'login' then coalesce(first_seen, timestamp '1970-01-01 00:00:00') end) as login_at,
           min(case when made_by = 'order' then coalesce(first_seen, timestamp '1970-01-01 00:00:00') end) as order_at,
           min(case when made_by <> 'login' then coalesce(first_seen, timestamp '1970-01-01 00:00:00') end) as outcome_at
    from ends group by kind, value)
select n.kind, n.value, stand_in(s.canonical) as person_id,
       s.strength < 4 as linked,
       l.login_at, l.order_at, l.outcome_at,
       exists (select 1 from int_shared h where h.kind = n.kind and h.value = n.value) as shared
from int_nodes n
join _components c on c.node = n.node
join strongest s on s.component = c.component
left join linked l on l.kind = n.kind and l.value = n.value
