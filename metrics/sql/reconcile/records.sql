-- one row a kind and reason for which records of these sources were refused, and one (kind null) for those loaded: how many records. Each refused
-- record stands once, by its gravest reason; where a file also has records of which only a part was refused, its refused ones are of no one kind (several)
with read as (
    select source, file, rows_in, loaded, refused from loads where list_contains($sources, source)),
ranked as (
    select source, file, row, kind, reason,
           row_number() over (partition by source, file, row
                              order by case kind when 'bad' then 1 when 'excluded' then 2 when 'duplicate' then 3 else 4 end, reason) as place
    from refusals where list_contains($sources, source)),
named as (
    select source, file, kind, reason, count(*) as records from ranked where place = 1 group by source, file, kind, reason),
told as (
    -- whether the refusals of a file are just its records that were not loaded
    select r.source, r.file, r.refused, coalesce(sum(n.records), 0) = r.refused as exactly
    from read r left join named n on n.source = r.source and n.file = r.file group by r.source, r.file, r.refused)
select cast(null as varchar) as kind, cast(null as varchar) as reason, sum(loaded)::bigint as records from read
union all
select n.kind, n.reason, sum(n.records)::bigint from named n join told t on t.source = n.source and t.file = n.file and t.exactly group by n.kind, n.reason
union all
select 'several', null, sum(refused)::bigint from told where not exactly and refused > 0 having sum(refused) > 0
order by kind nulls last, records desc, reason
