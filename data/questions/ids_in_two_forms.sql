-- one row a pair of sources and kind of id whose ids meet only once leading noughts, braces, dashes, blanks and capitals are left aside
-- severity: severe
-- asks: {source} and {subject}: {records} of {total} ids ({kind}) are the same but for leading noughts, braces, dashes or capitals ({looks}); each such person counts as two.
-- remedy: Export both with the id as text and in one form; leading noughts that one lacks can be put before the column in its block ("What a column can name", docs/SETTINGS.md).
with ids as (
    select source, 'survey_answers' as touches, 'customer_id' as kind, id_customer_id as value from src_survey_answers where id_customer_id is not null
    union all select source, 'support_tickets', 'customer_id', id_customer_id from src_support_tickets where id_customer_id is not null
    union all select source, 'orders', 'customer_id', id_customer_id from src_orders where id_customer_id is not null
    union all select source, 'people', 'customer_id', id_customer_id from src_people where id_customer_id is not null
    union all select source, 'survey_answers', 'vendor_id', id_vendor_id from src_survey_answers where id_vendor_id is not null
    union all select source, 'support_tickets', 'vendor_id', id_vendor_id from src_support_tickets where id_vendor_id is not null
    union all select source, 'orders', 'vendor_id', id_vendor_id from src_orders where id_vendor_id is not null),
held as (
    select source, min(touches) as touches, kind, value, ltrim(lower(regexp_replace(value, '[{}\s-]', '', 'g')), '0') as bare
    from ids where (select count(distinct source) from ids) > 1 group by source, kind, value),
sizes as (
    select source, kind, count(*) as total from held group by source, kind),
pairs as (
    select a.source, b.source as subject, a.kind, min(a.touches) as touches, count(distinct a.value) as records,
           min(value_shape(a.value)) || ' and ' || min(value_shape(b.value)) as looks
    from held a join held b on b.kind = a.kind and b.bare = a.bare and b.value <> a.value and a.source < b.source and a.bare <> ''
    where not exists (select 1 from held c where c.source = b.source and c.kind = a.kind and c.value = a.value)
    group by 1, 2, 3)
select p.source, p.touches, p.subject, p.kind, cast(p.records as bigint) as records, cast(least(x.total, y.total) as bigint) as total, p.looks
from pairs p join sizes x on x.source = p.source and x.kind = p.kind join sizes y on y.source = p.subject and y.kind = p.kind
where p.records >= 5 and p.records >= 0.1 * least(x.total, y.total)
order by p.source, p.subject, p.kind
