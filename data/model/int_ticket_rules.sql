-- one row a ticket and journey: the first category rule it fits, else the first tag rule, in file order
with fits as (
    select t.source, t.ticket_id, r.journey, r.stage, r.rule, r.kind,
           row_number() over (partition by t.source, t.ticket_id, r.journey
                              order by case when r.kind = 'ticket' then 0 else 1 end, r.rule) as place
    from int_tickets t
    join cfg_rules r on (r.kind = 'ticket' and lower(t.category) like r.pattern)
                     or (r.kind = 'ticket_tag' and list_contains(list_transform(t.tags, lambda tag: lower(tag)), r.pattern)))
select source, ticket_id, journey, stage, case when kind = 'ticket' then 'category' else 'tag' end as basis
from fits where place = 1
