-- one row a person who bought first within the data: days to the first order of a later day, or to the end of the data (`again` 0), and the quarter
-- of the first. Who was a customer before, or is known by the order alone, cannot be seen to begin or to come back
with bought as (
    select o.person_id, o.person_group, o.day, min(o.day) over (partition by o.person_id) as first_day
    from people_orders o where o.person_id is not null and o.linked),
ended as (
    select max(day) as day from people_orders)
select b.person_id, b.person_group, cast(date_trunc('quarter', b.first_day) as date) as quarter,
       cast(date_diff('day', b.first_day, coalesce(min(b.day) filter (where b.day > b.first_day), max(e.day))) as double) as days,
       case when min(b.day) filter (where b.day > b.first_day) is not null then 1 else 0 end as again,
       cast(date_diff('day', b.first_day, max(e.day)) as double) as followed
from bought b cross join ended e
where not exists (select 1 from people p where p.person_id = b.person_id and p.customer_since < cast(b.first_day as timestamp) - interval '1 day')
group by b.person_id, b.person_group, b.first_day
order by b.person_id
