-- one row: the share of visits whose person was known before
select avg(case when linked_before then 1.0 else 0.0 end) as share, count(*) as visits from people_visits
