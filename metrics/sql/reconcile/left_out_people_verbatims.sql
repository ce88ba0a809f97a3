-- one row a reason for which a text is none of people in the period (code null: it is), in this order: texts and writers
with placed as (
    select person_id,
           case when staff_test then 'staff' when $start is not null and day is null then 'undated'
                when $start is not null and day not between $start and $end then 'outside_period' end as code
    from verbatims where journey = $journey)
select list_position(['staff', 'undated', 'outside_period'], code) as place, code, cast(null as varchar) as said,
       count(*) as rows, count(distinct person_id) as persons
from placed group by all order by place nulls last
