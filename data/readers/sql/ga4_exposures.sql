-- one row a file, experiment, unit and variant: the first time it was shown
create or replace temp table _ga4_exposures as
with shown as (
    select _file, _row, vals[list_position(keys, 'experiment')] as experiment, coalesce(anonymous_id, customer_id) as unit,
           case when anonymous_id is not null then 'anonymous_id' else 'customer_id' end as unit_kind,
           vals[list_position(keys, 'variant')] as variant, occurred_at as exposed_at
    from _ga4 where event_name = 'experiment_impression')
select * from shown
where experiment is not null and variant is not null and unit is not null and exposed_at is not null
qualify row_number() over (partition by _file, experiment, unit, variant order by exposed_at, _row) = 1;
