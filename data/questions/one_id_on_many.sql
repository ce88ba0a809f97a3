-- one row a source and kind of id of which one value stands on many of the records: a placeholder, a shared address, an interface
-- severity: severe
-- asks: {source}: one {subject} stands on {records} of {total} records (it looks like {looks}); as one person they have one vote.
-- remedy: If it stands for nobody in particular, name it under nulls = ["…"] in the [[source]] block.
with ids as (
    select source, 'survey_answers' as touches, 'customer_id' as kind, id_customer_id as value, response_id as record from src_survey_answers
    union all select source, 'survey_answers', 'email', id_email, response_id from src_survey_answers
    union all select source, 'support_tickets', 'customer_id', id_customer_id, ticket_id from src_support_tickets
    union all select source, 'support_tickets', 'email', id_email, ticket_id from src_support_tickets
    union all select source, 'survey_answers', 'phone', id_phone, response_id from src_survey_answers
    union all select source, 'survey_answers', 'vendor_id', id_vendor_id, response_id from src_survey_answers
    union all select source, 'support_tickets', 'phone', id_phone, ticket_id from src_support_tickets
    union all select source, 'support_tickets', 'vendor_id', id_vendor_id, ticket_id from src_support_tickets
    union all select source, 'orders', 'phone', id_phone, order_id from src_orders
    union all select source, 'orders', 'vendor_id', id_vendor_id, order_id from src_orders
    union all select source, 'orders', 'customer_id', id_customer_id, order_id from src_orders
    union all select source, 'orders', 'email', id_email, order_id from src_orders),
counted as (
    select source, touches, kind, value, count(distinct record) as records from ids where value is not null group by source, touches, kind, value),
shares as (
    select *, sum(records) over (partition by source, touches, kind) as total, count(*) over (partition by source, touches, kind) as others from counted)
select source, touches, kind as subject, records, cast(total as bigint) as total,
       case when kind in ('email', 'phone') then 'a hashed ' || kind else value_shape(value) end as looks
from shares where (records >= 20 and records >= 0.1 * total or records >= 10 and records >= 0.25 * total) and others >= 5
order by records desc, source, subject
