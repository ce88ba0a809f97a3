-- one row a reason for which nobody waited with a ticket of the journey opened in the period (code null: somebody did), in this order: tickets and
-- people. Tickets merged into another stay: the waiting ended with the merging
with placed as (
    select coalesce(cast(person_id as varchar), ticket_key) as who,
           case when elsewhere then 'of_another_journey' when staff_test then 'staff'
                when excluded_because is not null and excluded_because <> 'merged into another ticket' then 'no_request'
                when $start is not null and coalesce(day not between $start and $end, true) then 'outside_period' end as code,
           case when not elsewhere and not staff_test and excluded_because <> 'merged into another ticket' then excluded_because end as said
    from tickets where journey = $journey)
select list_position(['of_another_journey', 'no_request', 'staff', 'outside_period'], code) as place, code, said,
       count(*) as rows, count(distinct who) as persons
from placed group by all order by place nulls last, rows desc, said
