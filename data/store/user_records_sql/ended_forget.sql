-- forget sessions whose token has ended since
delete from ended_sessions where until < :now
