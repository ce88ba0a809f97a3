-- somebody signs out of a session; again changes nothing
insert or ignore into ended_sessions (session, until) values (:session, :until)
