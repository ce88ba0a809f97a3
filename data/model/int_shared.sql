-- one row an id that too many share to stand for a person: a store tablet, info@, a form's sender, a placeholder; and by what it was
-- told: other ids of a kind (customers of an e-mail, e-mails of a customer), browsers or records in one day, or its share of all records
with ends as (
    select kind_a as kind, value_a as value, kind_b as other_kind, value_b as other, first_seen from int_edges
    union all select kind_b, value_b, kind_a, value_a, first_seen from int_edges),
over_ids as (
    select e.kind, e.value, e.other_kind as by_what, count(distinct e.other) as customers
    from ends e join _limits l on l.kind = e.kind and l.other_kind = e.other_kind
    group by e.kind, e.value, e.other_kind, l.least
    having count(distinct e.other) >= l.least),
over_browsers as (
    -- people change browsers over months, never ten times a day
    select kind, value, 'browsers in one day' as by_what, max(n) as customers
    from (select kind, value, cast(first_seen as date) as day, count(distinct other) as n from ends
          where other_kind = 'anonymous_id' and kind <> 'anonymous_id' and first_seen is not null group by kind, value, day) as daily
    where n >= 10 group by kind, value),
asked as (
    select 'customer_id' as kind, id_customer_id as value, 'ticket' as what, source, created_at as asked_at from src_support_tickets
    union all select 'email', id_email, 'ticket', source, created_at from src_support_tickets
    union all select 'phone', id_phone, 'ticket', source, created_at from src_support_tickets
    union all select 'vendor_id', id_vendor_id, 'ticket', source, created_at from src_support_tickets
    union all select 'customer_id', id_customer_id, 'answer', source, responded_at
              from (select source, response_id, min(id_customer_id) as id_customer_id, min(responded_at) as responded_at from src_survey_answers group by source, response_id) as a
    union all select 'email', id_email, 'answer', source, responded_at
              from (select source, response_id, min(id_email) as id_email, min(responded_at) as responded_at from src_survey_answers group by source, response_id) as a),
daily as (
    select kind, value, what, max(n) as most from (
        select kind, value, what, cast(asked_at as date) as day, count(*) as n from asked where value is not null and asked_at is not null group by kind, value, what, day) as days
    group by kind, value, what),
counted as (select kind, value, what, source, count(*) as n from asked where value is not null group by kind, value, what, source),
usual as (
    select kind, what, source, sum(n) as records, count(*) as ids, quantile_cont(n, 0.95) as many from counted group by kind, what, source),
over_records as (
    select c.kind, c.value, c.what || case when d.most >= 10 then 's in one day' else 's' end as by_what,
           max(case when d.most >= 10 then d.most else c.n end) as customers
    from counted c join usual u on u.kind = c.kind and u.what = c.what and u.source = c.source
    left join daily d on d.kind = c.kind and d.value = c.value and d.what = c.what
    -- ten a day; or fifty, and twenty-five times as many as nearly everybody else
    where d.most >= 10 or (c.n >= 50 and u.ids >= 20 and c.n >= 25 * u.many)
    group by 1, 2, 3),
found as (select * from over_ids union all select * from over_browsers union all select * from over_records)
select kind, value, arg_max(by_what, customers) as by_what, max(customers) as customers
from found group by kind, value
