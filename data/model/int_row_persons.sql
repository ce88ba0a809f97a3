-- one row an answer, ticket, order or invitation: its person by the strongest id it carries
with rows_with_ids as (
    select 'answer' as what, source, response_id as id, max(id_customer_id) as c, max(id_email) as e, max(id_phone) as p,
           max(id_vendor_id) as v, max(id_anonymous_id) as a, max(id_account) as account from src_survey_answers group by source, response_id
    union all select 'ticket', source, ticket_id, id_customer_id, id_email, id_phone, id_vendor_id, id_anonymous_id, id_account from src_support_tickets
    union all select 'order', source, order_id, id_customer_id, id_email, id_phone, id_vendor_id, id_anonymous_id, id_account from int_orders
    union all select 'invitation', source, invitation_id, id_customer_id, id_email, id_phone, id_vendor_id, id_anonymous_id, id_account from src_survey_invitations),
ids as (
    select what, source, id, account,
           case when c is not null then 'customer_id' when e is not null then 'email' when p is not null then 'phone'
                when v is not null then 'vendor_id' when a is not null then 'anonymous_id' end as kind,
           coalesce(c, e, p, v, a) as value
    from rows_with_ids)
select i.what, i.source, i.id, m.person_id, coalesce(m.linked, false) as linked, i.account
from ids i left join int_person_map m on m.kind = i.kind and m.value = i.value
