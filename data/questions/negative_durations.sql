-- one row a source and pair of times of which the later-named lies earlier
-- severity: severe
-- asks: {source}: in {records} of {total} records {subject} by more than a minute: such durations cannot be counted.
-- remedy: A clock without AM/PM, another zone in one of the two columns, or the columns changed over: check both in the [[source]] block.
with pairs as (
    select source, 'support_tickets' as touches, 'first_reply_at lies before created_at' as subject, first_reply_at as later, created_at as earlier from src_support_tickets
    union all select source, 'support_tickets', 'solved_at lies before created_at', solved_at, created_at from src_support_tickets
    union all select source, 'support_tickets', 'closed_at lies before created_at', closed_at, created_at from src_support_tickets
    union all select source, 'survey_answers', 'responded_at lies before invited_at', responded_at, invited_at from src_survey_answers
    union all select source, 'survey_answers', 'responded_at lies before experienced_at', responded_at, experienced_at from src_survey_answers
    union all select source, 'orders', 'delivered_at lies before ordered_at', delivered_at, ordered_at from src_orders
    union all select source, 'orders', 'promised_at lies before ordered_at', promised_at, ordered_at from src_orders)
select source, touches, subject, count(*) filter (where lies_before(later, earlier)) as records, count(*) as total
from pairs where later is not null and earlier is not null
group by source, touches, subject
having count(*) filter (where lies_before(later, earlier)) > 0
order by source, subject
