-- a ticket is one row a journey
select ticket_key, journey, count(*) as times from fct_tickets group by ticket_key, journey having count(*) > 1
