-- one row a pair of sources and kind of record that hold the same numbers at the same times: each such record is counted twice
-- severity: severe
-- asks: {source} and {subject} both hold {records} of the same {touches} (same number, same time): each is counted twice.
-- remedy: Keep one of the two sources for these records, or take the overlap out with `where`.
with held as (
    select source, 'support_tickets' as touches, ticket_id as key, created_at as at, '' as about from src_support_tickets where created_at is not null
    union all
    select source, 'survey_answers', concat_ws('|', response_id, question_id, item), responded_at, lower(survey) from src_survey_answers where responded_at is not null
    union all
    select source, 'survey_invitations', invitation_id, invited_at, lower(survey) from src_survey_invitations where invited_at is not null),
sizes as (
    select source, touches, count(*) as records from held group by source, touches),
pairs as (
    select a.source, b.source as subject, a.touches, count(*) as records
    from held a join held b on b.touches = a.touches and b.key = a.key and b.at = a.at and b.about = a.about and a.source < b.source
    where (select count(distinct source) from held) > 1
    group by 1, 2, 3)
select p.source, p.touches, p.subject, cast(p.records as bigint) as records, cast(least(x.records, y.records) as bigint) as total
from pairs p join sizes x on x.source = p.source and x.touches = p.touches join sizes y on y.source = p.subject and y.touches = p.touches
where p.records >= 3 and p.records >= 0.02 * least(x.records, y.records)
order by p.source, p.subject, p.touches
