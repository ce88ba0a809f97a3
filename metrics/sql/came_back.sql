-- one row a customer, as of then, and cell: whether a visit or an order followed within so many days, but not on the first, the first visit in it
with begun as (
    select @picks f.person_id, f.person_group, min(f.started_at) as at
    from people_visits as f
    where @where
    group by all),
later as (
    select distinct person_id, started_at as at from people_visits
    union all
    select person_id, ordered_at from people_orders where person_id is not null)
select @names b.person_id, b.person_group, max(case when l.at is not null then 1 else 0 end) as came_back
from begun b
left join later l on l.person_id = b.person_id and l.at > b.at + interval '1 day' and l.at <= b.at + interval '@days days'
group by all
