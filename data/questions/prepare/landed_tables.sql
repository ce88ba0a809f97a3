-- one row a source, file and contract table that records of it landed in
create or replace temp table landed_tables as
    select source, file, 'survey_answers' as touches, count(*) as records from src_survey_answers group by source, file
    union all select source, file, 'survey_invitations', count(*) from src_survey_invitations group by source, file
    union all select source, file, 'support_tickets', count(*) from src_support_tickets group by source, file
    union all select source, file, 'ticket_status_changes', count(*) from src_ticket_status_changes group by source, file
    union all select source, file, 'web_events', count(*) from src_web_events group by source, file
    union all select source, file, 'page_vitals', count(*) from src_page_vitals group by source, file
    union all select source, file, 'web_daily', count(*) from src_web_daily group by source, file
    union all select source, file, 'people', count(*) from src_people group by source, file
    union all select source, file, 'orders', count(*) from src_orders group by source, file
    union all select source, file, 'exposures', count(*) from src_exposures group by source, file
    union all select source, file, 'annotations', count(*) from src_annotations group by source, file;

-- one row a dated thing of a record: its table, column and time
create or replace temp view dated as
    select source, 'survey_answers' as touches, 'responded_at' as "column", responded_at as t from src_survey_answers
    union all select source, 'survey_answers', 'invited_at', invited_at from src_survey_answers
    union all select source, 'survey_answers', 'experienced_at', experienced_at from src_survey_answers
    union all select source, 'survey_invitations', 'invited_at', invited_at from src_survey_invitations
    union all select source, 'support_tickets', 'created_at', created_at from src_support_tickets
    union all select source, 'support_tickets', 'first_reply_at', first_reply_at from src_support_tickets
    union all select source, 'support_tickets', 'solved_at', solved_at from src_support_tickets
    union all select source, 'web_events', 'occurred_at', occurred_at from src_web_events
    union all select source, 'orders', 'ordered_at', ordered_at from src_orders
    union all select source, 'orders', 'delivered_at', delivered_at from src_orders
    union all select source, 'exposures', 'exposed_at', exposed_at from src_exposures;
