-- one row an experiment, variant, metric, stage and value: people by what they answered first within 30 days of their first exposure, about
-- what they met in those days
with each as (
    select e.experiment, e.person_id, min(e.variant) as variant, min(e.exposed_at) as since
    from people_exposures e
    group by e.experiment, e.person_id
    having count(distinct e.variant) = 1 and min(e.exposed_at) <= (select data_as_of from meta) - interval '30 days'),
window_answers as materialized (
    select c.experiment, c.variant, c.person_id as exposed, a.*
    from each c
    join scored_answers a on a.person_id = c.person_id and a.journey = $journey and a.stage_basis is distinct from 'last_stage'
        and a.experienced_at >= c.since and a.experienced_at < c.since + interval '30 days'),
voted as (
    @outcomes)
select experiment, variant, metric, stage, v, count(*) as persons
from voted
where v is not null
group by experiment, variant, metric, stage, v
order by experiment, variant, metric, stage, v
