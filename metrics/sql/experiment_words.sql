-- one row a comment, drawn at random, of people exposed to one variant alone, within 30 days of their first exposure
with each as (
    select e.person_id, min(e.variant) as variant, min(e.exposed_at) as since
    from people_exposures e
    where e.experiment = $experiment
    group by e.person_id having count(distinct e.variant) = 1),
said as (
    select c.variant, a.comment, a.stage, a.person_id, a.answer_key
    from each c join people_comments a on a.person_id = c.person_id and a.journey = $journey and a.survey_kind <> 'post_contact'
        and a.experienced_at >= c.since and a.experienced_at < c.since + interval '30 days'),
wrote as (
    select variant, count(distinct person_id) as writers from said group by variant)
select s.variant, s.comment, s.stage, w.writers
from said s join wrote w on w.variant = s.variant
where w.writers >= $least
qualify row_number() over (partition by s.variant order by md5(s.answer_key)) <= $most
order by s.variant, md5(s.answer_key)
