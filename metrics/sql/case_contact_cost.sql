-- one row: what a counted contact about the stage costs on average, where the company set what a contact costs, and of how many
select avg(cost) as cost, count(cost) as contacts from counted_tickets
where journey = $journey and stage = $stage and day between $start and $end
