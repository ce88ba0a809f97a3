-- one row a text as it is scored: its words (masked in the landing tables), the question it answers, and the language its source names
select distinct comment as text, coalesce(question, '') as question, coalesce(language, '') as declared
from int_answers where comment is not null
union
select distinct body as text, '' as question, '' as declared from pop_tickets where body is not null
