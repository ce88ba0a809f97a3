-- one row a promise a number would be over, and stage
select distinct f.promise, f.stage from people_promises as f
where f.journey = $journey and (@where)
  and ($start is null or f.day between $start and $end)
order by f.promise, f.stage
