-- one row a promise a number would be over
select distinct f.promise from people_promises as f
where f.journey = $journey and (@where) and (len($stages) = 0 or list_contains($stages, f.stage))
  and ($start is null or f.day between $start and $end)
order by f.promise
