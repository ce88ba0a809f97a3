-- one row: whether anybody of this number visited, answered, asked for help or ordered, and whether they refused to be looked at
select exists (select 1 from visits where person_id = $person and not is_bot) or exists (select 1 from answers where person_id = $person)
         or exists (select 1 from tickets where person_id = $person) or exists (select 1 from orders where person_id = $person) as met,
       exists (select 1 from people where person_id = $person and not consent) as refused
