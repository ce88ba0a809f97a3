-- one row a reason for which tickets of the period leave every rate, most frequent first: how many of how many
select reason, tickets, total from (
    select excluded_because as reason, count(*) as tickets, sum(count(*)) over () as total
    from tickets
    where journey = $journey and not elsewhere and ($start is null or day between $start and $end)
      and (len($stages) = 0 or list_contains($stages, stage))
    group by excluded_because) as found
where reason is not null
order by tickets desc, reason
