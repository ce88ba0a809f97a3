-- one row: when the data ends, when it was built, the first and last day of any fact. An event without an id is in no visit, and still shows
-- how far the recording reaches
select (select max(latest) from (select max(occurred_at) as latest from src_web_events union all select max(responded_at) from int_answers
          union all select max(created_at) from int_tickets
          union all select max(replied_at) from int_tickets union all select max(done_at) from int_tickets union all select max(ordered_at) from src_orders) as ends) as data_as_of,
       cast(current_timestamp as timestamp) as built_at,
       (select min(day) from (select min(day) as day from fct_visits
          union all select cast(min(e.occurred_at) + min(o.offset_minutes) * interval '1 minute' as date)
                    from (select min(occurred_at) as occurred_at from src_web_events) e
                    join cfg_offsets o on e.occurred_at >= o.from_utc and e.occurred_at < o.to_utc
          union all select min(day) from fct_answers
          union all select min(day) from fct_tickets union all select min(day) from fct_orders) as days) as first_day,
       (select max(day) from (select max(day) as day from fct_visits
          union all select cast(max(e.occurred_at) + max(o.offset_minutes) * interval '1 minute' as date)
                    from (select max(occurred_at) as occurred_at from src_web_events) e
                    join cfg_offsets o on e.occurred_at >= o.from_utc and e.occurred_at < o.to_utc
          union all select max(day) from fct_answers
          union all select max(day) from fct_tickets union all select max(day) from fct_orders) as days) as last_day
