-- a function: how often friction was met, from the counts of its three kinds
create or replace macro @{place}frictions(errors, rage_clicks, dead_clicks) as coalesce(errors, 0) + coalesce(rage_clicks, 0) + coalesce(dead_clicks, 0)
