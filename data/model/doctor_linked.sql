-- one row a source and kind of record: how many can be tied to a person
select source, 'visits' as what, count(*) as records, avg(case when linked_before then 1.0 else 0.0 end) as share from people_visits group by source
union all select source, 'answers', count(*), avg(case when linked then 1.0 else 0.0 end) from answers where journey = $journey group by source
union all select source, 'tickets', count(*), avg(case when linked then 1.0 else 0.0 end) from tickets where journey = $journey group by source
union all select source, 'orders', count(*), avg(case when linked then 1.0 else 0.0 end) from orders group by source
order by 2, 1
