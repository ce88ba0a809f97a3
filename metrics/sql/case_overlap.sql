-- one row a pair of sets of people (who is unhappy about a stage, who never finished it): the people of the first, and how many of these are in the
-- second, were asked or seen so that it is known, and passed without its being known. Only customers have a margin to lose by being unhappy
with passed as (
    select stage, person_id from people_visits
    where journey = $journey and day between $start and $end and linked
    union
    select stage, person_id from scored_answers
    where journey = $journey and asked_about = 'stage' and stage_basis <> 'last_stage' and day between $start and $end and linked),
customers as (
    select distinct person_id from people_orders
    where person_id is not null and linked and day between cast($start as date) - 90 and $end),
votes as (
    select stage, person_id, unhappy from scored_answers
    where journey = $journey and asked_about = 'stage' and stage_basis <> 'last_stage' and decides
      and unhappy is not null and day between $start and $end
    qualify row_number() over (partition by stage, person_id order by responded_at, answer_key) = 1),
members as (
    select 'unhappy' as removes, p.stage, p.person_id, v.unhappy as member
    from passed p join customers c on c.person_id = p.person_id left join votes v on v.stage = p.stage and v.person_id = p.person_id
    union all
    select 'unfinished' as removes, stage, person_id, not bool_or(goal_reached) as member
    from people_visits
    where journey = $journey and has_goal and day between $start and $end and person_id is not null
    group by stage, person_id),
sizes as (select removes, stage, count(*) as people from members where member group by removes, stage)
select a.removes, a.stage, b.removes as other_removes, b.stage as other_stage, s.people, count(*) filter (where b.member) as in_both,
       count(b.member) as known, count(*) - count(b.member) as unknown
from members a
join sizes s on s.removes = a.removes and s.stage = a.stage
join members b on b.person_id = a.person_id and (b.removes <> a.removes or b.stage <> a.stage)
where a.member
group by a.removes, a.stage, b.removes, b.stage, s.people
order by a.removes, a.stage, b.removes, b.stage
