-- one row a file and transaction id: its first purchase event (a reloaded confirmation page sends it again); its amount as written
create or replace temp table _ga4_orders as
with bought as (
    select *, coalesce(transaction_id, nullif(vals[list_position(keys, 'transaction_id')], '(not set)')) as order_id
    from _ga4 where event_name = 'purchase')
select _file, _row, order_id, occurred_at as ordered_at,
       coalesce(revenue, nullif(nullif(trim(vals[list_position(keys, 'value')]), ''), '(not set)')) as amount,
       coalesce(revenue_currency, vals[list_position(keys, 'currency')]) as currency,
       session_id, touch_channel, customer_id, anonymous_id,
       coalesce(category, nullif(vals[list_position(keys, 'item_category')], '(not set)')) as task
from bought where order_id is not null
qualify row_number() over (partition by _file, order_id order by occurred_at, _row) = 1;
