-- no row of a rating that its ticket holds, where Zendesk's ratings say the same with a time and words of their own
delete from src_survey_answers as held
where starts_with(held.response_id, 'ticket:') and held.ticket_id is not null
  and held.source in (select source from files where reader = 'zendesk')
  and exists (select 1 from src_survey_answers own where own.ticket_id = held.ticket_id and own.metric = 'csat'
                and not starts_with(own.response_id, 'ticket:') and own.source in (select source from files where reader = 'zendesk'));
