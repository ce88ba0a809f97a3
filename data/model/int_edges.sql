-- one row a pair of ids seen together: by whom the link was made, and when first
with seen as (
    select id_customer_id as c, id_email as e, id_phone as p, id_vendor_id as v, id_anonymous_id as a,
           occurred_at as seen_at, 'login' as made_by, source from src_web_events
    union all select id_customer_id, id_email, id_phone, id_vendor_id, id_anonymous_id, ordered_at, 'order', source from src_orders
    union all select id_customer_id, id_email, id_phone, id_vendor_id, id_anonymous_id, created_at, 'ticket', source from src_support_tickets
    union all select id_customer_id, id_email, id_phone, id_vendor_id, id_anonymous_id, coalesce(responded_at, invited_at), 'answer', source from src_survey_answers
    union all select id_customer_id, id_email, id_phone, id_vendor_id, id_anonymous_id, invited_at, 'login', source from src_survey_invitations
    union all select id_customer_id, id_email, id_phone, id_vendor_id, id_anonymous_id, customer_since, 'login', source from src_people),
together as (
    select c, e, p, v, a, made_by, source, min(seen_at) as seen_at from seen
    where (c is not null)::int + (e is not null)::int + (p is not null)::int + (v is not null)::int + (a is not null)::int >= 2
    group by c, e, p, v, a, made_by, source),
pairs as (
    -- the strongest id of the row meets each weaker one: enough to connect them all
    select case when c is not null then 'customer_id' when e is not null then 'email' when p is not null then 'phone' else 'vendor_id' end as kind_a,
           coalesce(c, e, p, v) as value_a, 'email' as kind_b, e as value_b, made_by, source, seen_at from together
    union all select case when c is not null then 'customer_id' when e is not null then 'email' when p is not null then 'phone' else 'vendor_id' end,
           coalesce(c, e, p, v), 'phone', p, made_by, source, seen_at from together
    union all select case when c is not null then 'customer_id' when e is not null then 'email' when p is not null then 'phone' else 'vendor_id' end,
           coalesce(c, e, p, v), 'vendor_id', v, made_by, source, seen_at from together
    union all select case when c is not null then 'customer_id' when e is not null then 'email' when p is not null then 'phone' else 'vendor_id' end,
           coalesce(c, e, p, v), 'anonymous_id', a, made_by, source, seen_at from together
    union all select kind_a, value_a, kind_b, value_b, made_by, source, first_seen from src_identity_edges)
select kind_a, value_a, kind_b, value_b, made_by, source, min(seen_at) as first_seen
from pairs
where value_a is not null and value_b is not null and not (kind_a = kind_b and value_a = value_b)
group by kind_a, value_a, kind_b, value_b, made_by, source
