-- one row a cell and person group: buyers, those of them who had answered by its end, how they felt in the latest answer, what they earned us; orders, and of how many no margin is known
with unit as (
    select @picks f.person_id, f.person_group, f.until, cast(@value as double) as v
    from (select c.*, @cell_end as until from @fact as c) as f
    where @where),
earned as (
    select @names person_group, person_id, max(until) as until, sum(v) as v, count(*) as rows, count(*) - count(v) as unknown
    from unit
    group by @names person_group, person_id),
votes as (
    select a.person_id, a.responded_at, a.answer_key, a.day as answered_for, a.unhappy
    from scored_answers a
    where @answered and a.unhappy is not null and a.journey = $journey),
felt as (
    select e.*, v.unhappy
    from earned e left join votes v on v.person_id = e.person_id and v.answered_for <= e.until
    qualify row_number() over (partition by @names e.person_id order by v.responded_at desc nulls last, v.answer_key desc) = 1)
select @names person_group, count(v) as c, count(v) as n, count(unhappy) filter (where v is not null) as respondents, sum(rows) as rows, sum(unknown) as unknown,
       coalesce(sum(v) filter (where unhappy), 0) as unhappy_margin, coalesce(sum(v * v) filter (where unhappy), 0) as squares,
       coalesce(max(abs(v)) filter (where unhappy), 0) as top, coalesce(sum(abs(v)) filter (where unhappy), 0) as mass,
       coalesce(min(case when v is not null then person_id end, @few), []) as who
from felt
group by @names person_group
order by @names person_group
