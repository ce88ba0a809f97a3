-- one row a cell and person group: buyers, those of them who answered, how they felt, what they earned us, who stayed away
with unit as (
    select @picks f.person_id, f.person_group, cast(@value as double) as v
    from @fact as f
    where @where),
earned as (
    select @names person_group, person_id, sum(v) as v
    from unit where v is not null
    group by @names person_group, person_id),
votes as (
    select a.person_id, a.responded_at, a.day, a.unhappy,
           row_number() over (partition by a.person_id order by a.responded_at desc, a.answer_key desc) as place
    from scored_answers a
    where @answered),
answered as (
    select v.person_id, v.unhappy, v.day < (select last_day from meta) - 90 as old_enough,
           not exists (select 1 from people_orders o where o.person_id = v.person_id and o.ordered_at > v.responded_at
                       and o.ordered_at <= v.responded_at + interval '90 days') as left_us
    from votes v where v.place = 1)
select @names person_group, count(*) as c, count(*) as n, count(a.person_id) as respondents,
       coalesce(sum(e.v) filter (where a.unhappy), 0) as unhappy_margin, coalesce(sum(e.v * e.v) filter (where a.unhappy), 0) as squares,
       count(*) filter (where a.unhappy and a.old_enough) as unhappy, count(*) filter (where a.unhappy and a.old_enough and a.left_us) as unhappy_left,
       count(*) filter (where not a.unhappy and a.old_enough) as content,
       count(*) filter (where not a.unhappy and a.old_enough and a.left_us) as content_left,
       coalesce(max(abs(e.v)) filter (where a.unhappy), 0) as top, coalesce(sum(abs(e.v)) filter (where a.unhappy), 0) as mass,
       min(e.person_id, 4) as who
from earned e left join answered a on a.person_id = e.person_id
group by @names person_group
order by @names person_group
