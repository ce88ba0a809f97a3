-- one row a cell and person group: customers, those of them who answered, what the unhappy earned us before, who stayed away after
with calendar as (
    select cast(unnest(generate_series(first_day, last_day, interval 1 day)) as date) as day, last_day - 91 as ripe from meta),
active as (
    -- an order of the 90 days before the cell makes a customer of its first day: who has left is still among them. The row stands on
    -- the cell's last day, or on the last one whose 90 days after are over
    select o.* exclude (day), c.since, c.until, greatest(c.since, least(c.until, c.ripe)) as day
    from (select c.ripe, c.day, @cell_start as since, @cell_end as until from calendar as c) as c
    join @fact as o on o.day between c.since - 90 and c.until
    where c.day = c.until),
customers as (
    select @names person_id, person_group, since, until
    from (select @picks f.person_id, f.person_group, f.since, f.until from active as f where @where)
    group by @names person_id, person_group, since, until),
votes as (
    select a.person_id, a.responded_at, a.day as answered_for, a.answer_key, a.unhappy
    from scored_answers a
    where @answered and a.unhappy is not null and a.journey = $journey and cast(a.responded_at as date) <= (select last_day - 91 from meta)),
asked as (
    -- the first answer of the cell: a later one is given by those who stayed to give it
    select c.*, v.responded_at, v.unhappy
    from customers c left join votes v on v.person_id = c.person_id and v.answered_for between c.since and c.until
    qualify row_number() over (partition by @names c.person_id order by v.responded_at nulls last, v.answer_key) = 1),
bought as (select f.person_id, f.ordered_at, cast(@value as double) as v from @fact as f where f.person_id is not null),
followed as (
    -- before the answer: what they earned us; after it: whether they came again
    select @names a.person_id, a.person_group, a.unhappy, count(*) filter (where b.ordered_at <= a.responded_at) > 0 as known,
           count(b.ordered_at) filter (where b.ordered_at <= a.responded_at) as rows,
           count(b.ordered_at) filter (where b.ordered_at <= a.responded_at and b.v is null) as unknown,
           coalesce(sum(b.v) filter (where b.ordered_at <= a.responded_at), 0) as v,
           count(*) filter (where b.ordered_at > a.responded_at) = 0 as left_us
    from asked a
    left join bought b on b.person_id = a.person_id and b.ordered_at >= a.responded_at - interval '90 days'
                      and b.ordered_at <= a.responded_at + interval '90 days'
    group by @names a.person_id, a.person_group, a.unhappy),
felt as (
    -- who bought nothing in the 90 days before the answer was no customer to lose then
    select * replace (case when known then unhappy end as unhappy) from followed)
select @names person_group, count(*) as c, count(*) as n, count(unhappy) as respondents, sum(rows) as rows, sum(unknown) as unknown,
       coalesce(sum(v) filter (where unhappy), 0) as unhappy_margin, coalesce(sum(v * v) filter (where unhappy), 0) as squares,
       count(*) filter (where unhappy) as unhappy, count(*) filter (where unhappy and left_us) as unhappy_left,
       count(*) filter (where not unhappy) as content, count(*) filter (where not unhappy and left_us) as content_left,
       coalesce(max(abs(v)) filter (where unhappy), 0) as top, coalesce(sum(abs(v)) filter (where unhappy), 0) as mass,
       min(person_id, @few) as who
from felt
group by @names person_group
order by @names person_group
