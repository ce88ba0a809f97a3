-- one row a ticket with the tags of its side table beside its own: named by the ticket, or by the loader's number of its record. A side table
-- that is a source of its own belongs to the only source that has the ticket
update src_support_tickets as t set tags = list_distinct(list_concat(coalesce(t.tags, []), s.tags))
from (
    with owners as (select ticket_id, min(source) as source from src_support_tickets group by ticket_id having count(distinct source) = 1),
    records as (
        select record, min(source) as source, min(ticket_id) as ticket_id from src_ticket_tags
        where record <> '' and ticket_id <> '' and tag = '' group by record having count(distinct ticket_id) = 1),
    named as (
        select coalesce(p.source, r.source, g.source) as source,
               case when g.ticket_id <> '' then g.ticket_id else coalesce(p.ticket_id, r.ticket_id) end as ticket_id, g.tag
        from src_ticket_tags g
        left join src_ticket_tags p on g.ticket_id = '' and p.source = g.source and p.record = g.record and p.ticket_id <> '' and p.tag = ''
        left join records r on g.ticket_id = '' and p.record is null and r.record = g.record
        where g.tag <> ''),
    placed as (
        select coalesce(own.source, o.source) as source, n.ticket_id, n.tag
        from named n
        left join (select distinct source, ticket_id from src_support_tickets) own on own.source = n.source and own.ticket_id = n.ticket_id
        left join owners o on own.source is null and o.ticket_id = n.ticket_id
        where n.ticket_id is not null)
    select source, ticket_id, list(tag order by tag) as tags from placed where source is not null group by source, ticket_id) as s
where s.source = t.source and s.ticket_id = t.ticket_id
