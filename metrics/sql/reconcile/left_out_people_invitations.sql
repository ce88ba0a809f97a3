-- one row a reason for which an invitation did not go to people in the period (code null: it did), in this order: invitations and people
with placed as (
    select i.person_id,
           case when not exists (select 1 from people_invitations p where p.invitation_key = i.invitation_key) then 'staff'
                when $start is not null and i.day is null then 'undated'
                when $start is not null and i.day not between $start and $end then 'outside_period' end as code
    from invitations i)
select list_position(['staff', 'undated', 'outside_period'], code) as place, code, cast(null as varchar) as said,
       count(*) as rows, count(distinct person_id) as persons
from placed group by all order by place nulls last
