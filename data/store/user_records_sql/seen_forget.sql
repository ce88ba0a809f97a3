-- forget sessions whose token has ended since
delete from seen_sessions where until < :now
