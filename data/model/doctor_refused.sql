-- one row a source, kind and reason: how many records
select source, kind, reason, count(distinct file || '#' || row) as records from refusals group by source, kind, reason
order by case kind when 'bad' then 0 when 'superseded' then 1 when 'duplicate' then 2 else 3 end, records desc, source, reason
