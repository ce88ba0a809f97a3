-- every answer somebody looks after in a journey, those not closed first, the oldest on top
select * from followups where journey = :journey order by status in ('solved', 'closed'), opened_at, answer
