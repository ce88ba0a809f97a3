-- one row a session id that one session only has: the session a record of other files means by it
select session_id, min(session_key) as session_key
from int_sessions where session_id is not null group by session_id having count(*) = 1
