-- one row an invitation: who was asked, when, and whether an answer came. An answer is one to the invitation it names by its time, else to the
-- latest one of that survey before it, within 30 days: whoever is asked each week and answers once has answered one of them
with asked as (
    select i.source, i.invitation_id, lower(i.survey) as survey, i.invited_at, r.person_id
    from src_survey_invitations i
    join int_row_persons r on r.what = 'invitation' and r.source = i.source and r.id = i.invitation_id
    where r.person_id is not null),
given as (
    select source, response_id, lower(survey) as survey, person_id, max(invited_at) as invited_at, max(responded_at) as responded_at
    from int_answers where person_id is not null group by source, response_id, lower(survey), person_id),
matched as (
    select i.source, i.invitation_id,
           row_number() over (partition by g.source, g.response_id, g.survey, g.person_id order by
             case when i.invited_at = g.invited_at then 0 else 1 end, i.invited_at desc, i.source, i.invitation_id) as place
    from given g join asked i on i.person_id = g.person_id and i.survey = g.survey
      and g.responded_at >= i.invited_at and g.responded_at < i.invited_at + interval '30 days')
select i.source || ':' || i.invitation_id as invitation_key, i.source, i.invitation_id, i.survey, i.invited_at,
       cast(i.invited_at + o.offset_minutes * interval '1 minute' as date) as day, i.asked_via, r.person_id,
       person_group(r.person_id) as person_group, coalesce(r.linked, false) as linked,
       exists (select 1 from matched m where m.source = i.source and m.invitation_id = i.invitation_id and m.place = 1) as answered
from src_survey_invitations i
join cfg_offsets o on i.invited_at >= o.from_utc and i.invited_at < o.to_utc
left join int_row_persons r on r.what = 'invitation' and r.source = i.source and r.id = i.invitation_id
