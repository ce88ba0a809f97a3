-- one row a session id: the session another source's record means by it
select session_id, min(session_key) as session_key, min(first_t) as first_t, max(last_t) as last_t
from int_sessions where session_id is not null group by session_id
