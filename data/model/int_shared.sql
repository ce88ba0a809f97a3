-- one row an id that too many customers share to stand for a person: a store tablet, info@, a placeholder
with ends as (
    select kind_a as kind, value_a as value, kind_b as other_kind, value_b as other from int_edges
    union all select kind_b, value_b, kind_a, value_a from int_edges)
select e.kind, e.value, count(distinct e.other) as customers
from ends e join _limits l on l.kind = e.kind
where e.other_kind = 'customer_id'
group by e.kind, e.value, l.least_customers
having count(distinct e.other) >= l.least_customers
