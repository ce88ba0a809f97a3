-- one row a ticket with the tags of its side table beside its own: named by the ticket, or by the loader's number of its record
update src_support_tickets as t set tags = list_distinct(list_concat(coalesce(t.tags, []), s.tags))
from (
    select source, ticket_id, list(tag order by tag) as tags
    from (select g.source, case when g.ticket_id <> '' then g.ticket_id else p.ticket_id end as ticket_id, g.tag
          from src_ticket_tags g
          left join src_ticket_tags p on g.ticket_id = '' and p.source = g.source and p.record = g.record and p.ticket_id <> '' and p.tag = ''
          where g.tag <> '') as named
    where ticket_id is not null group by source, ticket_id) as s
where s.source = t.source and s.ticket_id = t.ticket_id
