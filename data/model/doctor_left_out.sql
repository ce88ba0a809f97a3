-- one row a source and reason for which its tickets leave every rate: how many of how many
select source, coalesce(excluded_because, '') as reason, count(*) as tickets, sum(count(*)) over (partition by source) as of
from tickets where journey = $journey and not elsewhere group by source, excluded_because
qualify excluded_because is not null
order by source, tickets desc, reason
