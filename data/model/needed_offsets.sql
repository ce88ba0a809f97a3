-- keep the spans of constant time-zone offset that the data touches: every fact is joined to them
delete from cfg_offsets where not exists (
    select 1 from (
        select min(occurred_at) as first_at, max(occurred_at) as last_at from src_web_events
        union all select min(created_at), max(created_at) from src_support_tickets
        union all select least(min(responded_at), min(invited_at), min(experienced_at)),
                         greatest(max(responded_at), max(invited_at), max(experienced_at)) from src_survey_answers
        union all select min(invited_at), max(invited_at) from src_survey_invitations
        union all select min(ordered_at), max(ordered_at) from src_orders
        union all select min(occurred_at), max(occurred_at) from src_page_vitals
        union all select min(exposed_at), max(exposed_at) from src_exposures
        union all select min("at"), max("at") from src_annotations) as spans
    where from_utc <= last_at + interval '400 days' and to_utc >= first_at - interval '400 days')
