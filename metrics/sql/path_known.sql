-- one row: whether anybody of this number visited, answered, asked for help or ordered, and whether they refused to be looked at
select exists (select 1 from people_visits where person_id = $person) or exists (select 1 from people_answers where person_id = $person)
         or exists (select 1 from counted_tickets where person_id = $person) or exists (select 1 from people_orders where person_id = $person) as met,
       exists (select 1 from people where person_id = $person and not consent) as refused
