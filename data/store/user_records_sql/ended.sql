-- one row where somebody signed out of a session
select 1 from ended_sessions where session = :session
