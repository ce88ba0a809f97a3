-- one row a kind of record with a day: how many there are, how many of them in the period asked about, and the newest day
select kind, count(*) as records, count(*) filter (where day between $start and $end) as inside, max(day) as newest
from (select 'visits' as kind, day from people_visits union all select 'answers', day from people_answers union all select 'tickets', day from counted_tickets)
where day is not null group by kind order by kind
