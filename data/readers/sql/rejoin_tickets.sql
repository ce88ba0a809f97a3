-- one row a record that names a ticket by a number that begins anew in each file: it is of the ticket of that number with the same person's
-- id, else of the last one created before it; where neither tells, the number stays as it is and joins nothing
update @table as a set ticket_id = m.ticket_id
from (select b.source, b.file, b.row,
             arg_max(t.ticket_id, (coalesce(t.id_customer_id = b.id_customer_id or t.id_email = b.id_email or t.id_phone = b.id_phone or t.id_vendor_id = b.id_vendor_id, false), t.created_at)) as ticket_id
      from @table b join restarted_tickets t on t.bare = b.ticket_id and (b.@time is null or t.created_at <= b.@time)
      group by b.source, b.file, b.row
      having bool_or(coalesce(t.id_customer_id = b.id_customer_id or t.id_email = b.id_email or t.id_phone = b.id_phone or t.id_vendor_id = b.id_vendor_id, false)) or any_value(b.@time) is not null) as m
where a.source = m.source and a.file = m.file and a.row = m.row;
