-- one row a person and the time from which its attributes hold: segment, region, flags; customer_since once
with known as (
    select m.person_id, coalesce(p.valid_from, timestamp '1900-01-01 00:00:00') as valid_from, p.id_account as account,
           p.segment, p.region, p.customer_since, coalesce(p.staff_test, false) as staff_test,
           coalesce(p.internal_customer, false) as internal_customer, p.consent
    from src_people p join int_person_map m on m.kind = 'customer_id' and m.value = p.id_customer_id),
first_orders as (
    select r.person_id, min(o.ordered_at) as first_order_at
    from int_orders o join int_row_persons r on r.what = 'order' and r.source = o.source and r.id = o.order_id
    where r.person_id is not null group by r.person_id),
merged as (
    select person_id, valid_from, max(account) as account, max(segment) as segment, max(region) as region,
           min(customer_since) as customer_since, bool_or(staff_test) as staff_test,
           bool_or(internal_customer) as internal_customer, bool_and(consent) as consent
    from known group by person_id, valid_from
    union all
    -- before the first dated attributes nothing is known but whether the person was a customer
    select person_id, timestamp '1900-01-01 00:00:00', null, null, null, null, false, false, null
    from known group by person_id having min(valid_from) > timestamp '1900-01-01 00:00:00'
    union all
    select f.person_id, timestamp '1900-01-01 00:00:00', null, null, null, null, false, false, null
    from first_orders f where not exists (select 1 from known k where k.person_id = f.person_id)),
whole as (
    select m.*, min(m.customer_since) over (partition by m.person_id) as since,
           bool_or(m.staff_test) over (partition by m.person_id) as is_staff,
           bool_or(m.internal_customer) over (partition by m.person_id) as is_internal,
           lead(m.valid_from) over (partition by m.person_id order by m.valid_from) as valid_until
    from merged m)
select w.person_id, w.valid_from, coalesce(w.valid_until, timestamp '9999-01-01 00:00:00') as valid_until, w.account, w.segment,
       w.region, least(coalesce(w.since, f.first_order_at), coalesce(f.first_order_at, w.since)) as customer_since,
       w.is_staff as staff_test, w.is_internal as internal_customer, w.consent
from whole w left join first_orders f on f.person_id = w.person_id
