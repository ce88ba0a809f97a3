-- one row: when the data ends, when it was built, the first and last day of any fact
select (select max(latest) from (select max(occurred_at) as latest from int_events union all select max(responded_at) from int_answers
          union all select max(created_at) from int_tickets
          union all select max(replied_at) from int_tickets union all select max(done_at) from int_tickets union all select max(ordered_at) from src_orders) as ends) as data_as_of,
       cast(current_timestamp as timestamp) as built_at,
       (select min(day) from (select min(day) as day from fct_visits union all select min(day) from fct_answers
          union all select min(day) from fct_tickets union all select min(day) from fct_orders) as days) as first_day,
       (select max(day) from (select max(day) as day from fct_visits union all select max(day) from fct_answers
          union all select max(day) from fct_tickets union all select max(day) from fct_orders) as days) as last_day
