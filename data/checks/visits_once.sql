-- a visit is one row a session, journey and stage
select visit_id, count(*) as times from fct_visits group by visit_id having count(*) > 1
