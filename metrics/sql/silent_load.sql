-- one row a number of invitations within the last ninety days whose thirty days to answer are over: linked people invited so often, and how many of
-- their invitations were answered
with each as (
    select i.person_id, count(*) as times, count(*) filter (where i.answered) as answered
    from people_invitations i cross join meta m
    where i.linked and i.day > least(coalesce(cast($end as date), m.last_day), m.last_day - 30) - 90
      and i.day <= least(coalesce(cast($end as date), m.last_day), m.last_day - 30)
    group by i.person_id)
select least(times, 5) as times, count(*) as persons, sum(times) as invitations, sum(answered) as answered from each group by 1 order by 1
