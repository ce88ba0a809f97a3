-- the first time a session is seen coming in, or being refused; again changes nothing
insert or ignore into seen_sessions (session, until) values (:session, :until)
