-- one row a ticket as counted_tickets has it, with those it leaves out where they are kept; $utc: by days of UTC
select * replace (true as counted, case when $utc then cast(created_at as date) else day end as day)
from tickets
where not elsewhere and (not staff_test or $staff)
  and case coalesce(excluded_because, 'staff or test people')
      when 'staff or test people' then true when 'merged into another ticket' then $merged when 'spam or deleted' then $spam
      when 'same contact through another channel' then $asked_twice else $not_asked end
