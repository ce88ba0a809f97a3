-- one row a promise a number would be over
select distinct promise from people_promises
where journey = $journey and evidence_kind = $kind and (len($stages) = 0 or list_contains($stages, stage))
  and ($start is null or day between $start and $end)
order by promise
