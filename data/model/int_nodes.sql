-- one row an id anybody was ever seen under
select kind, value, row_number() over (order by kind, value) - 1 as node
from (
    select 'anonymous_id' as kind, id_anonymous_id as value from src_web_events
    union select 'customer_id', id_customer_id from src_web_events
    union select 'email', id_email from src_web_events
    union select 'vendor_id', id_vendor_id from src_web_events
    union select kind_a, value_a from int_edges
    union select kind_b, value_b from int_edges
    union select 'customer_id', id_customer_id from src_survey_answers
    union select 'email', id_email from src_survey_answers
    union select 'phone', id_phone from src_survey_answers
    union select 'vendor_id', id_vendor_id from src_survey_answers
    union select 'anonymous_id', id_anonymous_id from src_survey_answers
    union select 'customer_id', id_customer_id from src_support_tickets
    union select 'email', id_email from src_support_tickets
    union select 'phone', id_phone from src_support_tickets
    union select 'vendor_id', id_vendor_id from src_support_tickets
    union select 'anonymous_id', id_anonymous_id from src_support_tickets
    union select 'customer_id', id_customer_id from src_orders
    union select 'email', id_email from src_orders
    union select 'phone', id_phone from src_orders
    union select 'vendor_id', id_vendor_id from src_orders
    union select 'anonymous_id', id_anonymous_id from src_orders
    union select 'customer_id', id_customer_id from src_survey_invitations
    union select 'email', id_email from src_survey_invitations
    union select 'phone', id_phone from src_survey_invitations
    union select 'vendor_id', id_vendor_id from src_survey_invitations
    union select 'anonymous_id', id_anonymous_id from src_survey_invitations
    union select 'customer_id', id_customer_id from src_people
    union select 'customer_id', unit from src_exposures where unit_kind = 'customer_id'
    union select 'anonymous_id', unit from src_exposures where unit_kind = 'anonymous_id') as seen
where value is not null
