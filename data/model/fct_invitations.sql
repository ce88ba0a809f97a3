-- one row an invitation: who was asked, when, and whether an answer came
with answered as (select survey, person_id, responded_at from int_answers where person_id is not null)
select i.source || ':' || i.invitation_id as invitation_key, i.source, i.invitation_id, i.survey, i.invited_at,
       cast(i.invited_at + o.offset_minutes * interval '1 minute' as date) as day, i.asked_via, r.person_id,
       person_group(r.person_id) as person_group, coalesce(r.linked, false) as linked,
       exists (select 1 from answered a where a.person_id = r.person_id and a.survey = i.survey
               and a.responded_at >= i.invited_at and a.responded_at < i.invited_at + interval '30 days') as answered
from src_survey_invitations i
join cfg_offsets o on i.invited_at >= o.from_utc and i.invited_at < o.to_utc
left join int_row_persons r on r.what = 'invitation' and r.source = i.source and r.id = i.invitation_id
