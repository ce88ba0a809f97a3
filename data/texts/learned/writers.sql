-- one row a text as it is scored: the folds of the people who wrote it
select text, question, declared, list(distinct person_group(person_id) % $folds) as folds
from (select comment as text, coalesce(question, '') as question, coalesce(language, '') as declared,
             coalesce(person_id, stand_in(source || ':' || response_id)) as person_id
      from int_answers where comment is not null
      union all
      select body, '', '', coalesce(person_id, stand_in(ticket_key)) from pop_tickets where body is not null) as w
group by text, question, declared
