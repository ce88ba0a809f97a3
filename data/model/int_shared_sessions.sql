-- one row a session id that browsers of the same files share: ga_session_id and its kin are unique within a visitor only
select s.scope, e.session_id
from src_web_events e join cfg_sources s on s.source = e.source
where e.session_id is not null and e.id_anonymous_id is not null and s.reader <> 'ga4'      -- that reader's ids hold their visitor already
group by s.scope, e.session_id having min(e.id_anonymous_id) <> max(e.id_anonymous_id)
