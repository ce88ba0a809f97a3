-- one row a person (an account counts as one, or its size would decide) and survey: their latest invitation whose thirty days to answer are over, in the
-- way the survey mostly asks; whether they answered, their raw score where they gave one in the way most did, and what they had done before they were invited
with account_of as (
    select person_id, max(account) as account from people group by person_id),
every as (
    select i.invitation_key, i.survey, i.person_id, i.person_group, i.invited_at, i.answered, coalesce(p.account, cast(i.person_id as varchar)) as who,
           coalesce(i.asked_via, '') = mode(coalesce(i.asked_via, '')) over (partition by i.survey) as usual
    from people_invitations i cross join meta m left join account_of p on p.person_id = i.person_id
    where i.linked and i.day <= m.last_day - 30 and ($start is null or i.day between $start and $end)),
asked as (
    select * from every where usual qualify row_number() over (partition by survey, who order by invited_at desc, invitation_key desc) = 1),
scored as (
    select lower(a.survey) as survey, a.person_id, a.responded_at, a.score, a.instrument = mode(a.instrument) over (partition by lower(a.survey)) as usual
    from scored_answers a where a.journey = $journey and a.form = 'nps'),
bought as (
    select a.invitation_key, count(*) as orders from asked a join people_orders o on o.person_id = a.person_id
      and o.ordered_at < a.invited_at and o.ordered_at >= a.invited_at - interval '180 days' group by a.invitation_key),
asked_help as (
    select a.invitation_key, count(*) as contacts from asked a join counted_tickets t on t.person_id = a.person_id
      and t.created_at < a.invited_at and t.created_at >= a.invited_at - interval '90 days' group by a.invitation_key)
select a.survey, a.person_id, a.person_group, a.answered, least(coalesce(b.orders, 0), 3) as orders, least(coalesce(h.contacts, 0), 1) as contacts,
       (select min_by(s.score, s.responded_at) from scored s where s.survey = lower(a.survey) and s.person_id = a.person_id and s.usual
        and s.responded_at >= a.invited_at and s.responded_at < a.invited_at + interval '30 days') as score
from asked a left join bought b using (invitation_key) left join asked_help h using (invitation_key)
order by a.invitation_key
