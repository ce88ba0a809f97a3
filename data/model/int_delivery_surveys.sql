-- one row a survey about the delivery: most of its answers tied to an order were asked after the parcel came
select lower(a.survey) as survey
from int_answers a
join int_order_keys k on k.order_id = a.order_id
join fct_orders o on o.source = k.source and o.order_id = k.order_id
where coalesce(a.invited_at, a.responded_at) is not null
group by lower(a.survey)
having avg(case when o.delivered_at <= coalesce(a.invited_at, a.responded_at) then 1.0 else 0.0 end) > 0.5
