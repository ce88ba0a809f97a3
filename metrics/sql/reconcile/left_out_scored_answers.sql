-- one row a reason for which an answer about the journey counts in no score of the period (code null: it does), in this order: answers and people
with placed as (
    select person_id,
           case when elsewhere then 'of_another_journey'
                when unscored_because is not null and not staff_test then 'unscored' when staff_test then 'staff'
                when $start is not null and day is null then 'undated'
                when $start is not null and day not between $start and $end then 'outside_period' end as code,
           case when unscored_because is not null and not staff_test and not elsewhere then unscored_because end as said
    from answers where journey = $journey)
select list_position(['of_another_journey', 'unscored', 'staff', 'undated', 'outside_period'], code) as place, code, said,
       count(*) as rows, count(distinct person_id) as persons
from placed group by all order by place nulls last, rows desc, said
