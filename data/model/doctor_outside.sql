-- one row a source and kind of record that was loaded and yet stands outside some figures: answers without a date (in no period), web
-- events without any id (in no visit): how many of how many
with counted as (
    select source, 'answers without a date' as what, count(*) filter (where day is null) as records, count(*) as of
    from answers where journey = $journey and not elsewhere group by source
    union all
    select source, 'events without an id', sum(case when signal = 'events without an id' then events else 0 end)::bigint, sum(events)::bigint
    from coverage where signal in ('events without an id', 'events of visits') group by source)
select source, what, records, of from counted where records > 0 order by what, records desc, source
