-- one row a pair of ids of one customer: Zendesk's own id with the company's customer id, e-mail and phone
create or replace temp table _zendesk_edges as
with users as (
    select _row, doc->>'$.id' as id, lower(doc->>'$.role') as role, doc->>'$.created_at' as first_seen,
           nullif(trim(doc->>'$.external_id'), '') as customer_id, nullif(trim(doc->>'$.email'), '') as email,
           case when coalesce(lower(doc->>'$.shared_phone_number'), 'false') <> 'true'
                then nullif(trim(doc->>'$.phone'), '') end as phone
    from _zendesk where stream = 'users'),
pairs as (
    select *, unnest(['customer_id', 'email', 'phone']) as kind,
           unnest([customer_id, email, phone]) as value from users)
select _row, 'vendor_id' as kind_a, 'zendesk:' || id as value_a, kind as kind_b, value as value_b, first_seen,
       'ticket' as made_by,
       case when role <> 'end-user' then 'excluded' end as _kind,
       case when role <> 'end-user' then 'not a customer' end as _reason,
       'role' as _column, role as _found
from pairs where role = 'end-user' and value is not null and id is not null
union all
select _row, null, null, null, null, null, null, 'excluded', case when role <> 'end-user' then 'not a customer'
       else 'a user without customer id, e-mail or phone' end, 'role', role
from users where role is distinct from 'end-user' or coalesce(customer_id, email, phone) is null;
