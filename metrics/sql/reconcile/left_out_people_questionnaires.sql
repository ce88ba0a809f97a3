-- one row a reason for which a questionnaire counts in no score of the period (code null: it does), in this order: questionnaires and people
with placed as (
    select q.person_id,
           case when q.staff_test then 'staff' when not exists (select 1 from people_questionnaires p where p.answer_key = q.answer_key and p.metric = q.metric and p.journey = q.journey) then 'incomplete'
                when $start is not null and q.day is null then 'undated'
                when $start is not null and q.day not between $start and $end then 'outside_period' end as code
    from questionnaires q where q.journey = $journey)
select list_position(['staff', 'incomplete', 'undated', 'outside_period'], code) as place, code, cast(null as varchar) as said,
       count(*) as rows, count(distinct person_id) as persons
from placed group by all order by place nulls last
