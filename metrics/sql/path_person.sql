-- one row: customer since when, and the segment as of the newest data
select max(p.customer_since) as customer_since, max(p.segment) filter (where p.valid_until > (select data_as_of from meta)) as segment
from people p where p.person_id = $person
