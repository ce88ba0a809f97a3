-- one row a session as people_help_visits has it, with those it leaves out where they are kept; $utc: by days of UTC
select * replace (case when $utc then cast(started_at as date) else day end as day)
from help_visits where (not is_bot or $bots_declared and $bots_by_behaviour) and (not staff_test or $staff)
