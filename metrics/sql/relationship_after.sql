-- one row an occasion somebody answered about (its latest answer of the metric that decides there): whether they were unhappy, and whether they came
-- back within so many days: an order, or a visit up to the stage of the journey's goal. After it people follow their parcel, which is no coming back
with reach as (
    select s.stage from cfg_stages s join cfg_journeys j on j.journey = s.journey
    left join cfg_stages g on g.journey = j.journey and g.stage = j.goal
    where s.journey = $journey and s.position <= coalesce(g.position, s.position)),
asked as (
    select a.answer_key, a.person_id, a.person_group, a.stage, case when a.unhappy then 1 else 0 end as unhappy, a.experienced_at as t,
           concat_ws('|', a.instrument, a.asked_lag) as way, a.task, a.touch_channel, a.segment,
           cast(date_trunc('quarter', a.day) as varchar) as quarter
    from scored_answers a
    where a.decides and a.asked_about = 'stage' and a.stage_basis <> 'last_stage' and a.linked and a.journey = $journey and a.stage = $stage
      and a.customer and ($start is null or a.day >= $start) and ($end is null or a.day <= $end)
      and a.experienced_at <= (select data_as_of from meta) - to_days($days)
    qualify row_number() over (partition by coalesce(a.occasion_key, a.answer_key) order by a.responded_at desc, a.answer_key desc) = 1)
select a.*, case when exists (select 1 from people_orders o where o.person_id = a.person_id and o.ordered_at > a.t + interval '1 day'
                               and o.ordered_at <= a.t + to_days($days))
             or exists (select 1 from people_visits v join reach r on r.stage = v.stage
                        where v.person_id = a.person_id and v.journey = $journey and v.started_at > a.t + interval '1 day'
                          and v.started_at <= a.t + to_days($days)) then 1 else 0 end as back,
       cast(least((select count(*) from people_orders o where o.person_id = a.person_id and o.ordered_at < a.t - interval '1 day'), 3) as varchar) as earlier_orders
from asked a
order by a.answer_key
