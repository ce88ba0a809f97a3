-- one row a source and kind of record that can hardly ever be tied to a person, where others can
-- severity: look
-- asks: {source}: {linked} of {total} {subject} can be tied to a person.
-- remedy: Map customer_id, email or another id that your other sources know; without it UX and CX stand side by side, but not of the same people.
with tied as (
    select source, 'survey_answers' as touches, 'answers' as subject, count(*) filter (where linked) as linked, count(*) as total from int_answers group by source
    union all select source, 'support_tickets', 'tickets', count(*) filter (where linked), count(*) from int_tickets group by source
    union all select source, 'orders', 'orders', count(*) filter (where linked), count(*) from fct_orders group by source)
select source, touches, subject, total - linked as records, total, linked
from tied where total >= 30 and linked < 0.05 * total and (select count(*) from int_person_map) > 0
order by source, subject
