-- one row an order: what several sources know of the same order id, the fullest record first
with weighed as (
    select *, (amount is not null)::int + (margin is not null)::int + (refunded is not null)::int + (promised_at is not null)::int
              + (delivered_at is not null)::int + (id_customer_id is not null)::int as fullness
    from src_orders),
known as (
    select order_id,
           first_value(source) over fullest as source, first_value(ordered_at) over fullest as ordered_at,
           first_value(amount ignore nulls) over fullest as amount, first_value(currency ignore nulls) over fullest as currency,
           first_value(refunded ignore nulls) over fullest as refunded, first_value(margin ignore nulls) over fullest as margin,
           first_value(promised_at ignore nulls) over fullest as promised_at,
           first_value(delivered_at ignore nulls) over fullest as delivered_at,
           first_value(cancelled_at ignore nulls) over fullest as cancelled_at,
           first_value(carrier ignore nulls) over fullest as carrier, first_value(session_id ignore nulls) over fullest as session_id,
           first_value(touch_channel ignore nulls) over fullest as touch_channel, first_value(task ignore nulls) over fullest as task,
           first_value(id_customer_id ignore nulls) over fullest as id_customer_id,
           first_value(id_email ignore nulls) over fullest as id_email, first_value(id_phone ignore nulls) over fullest as id_phone,
           first_value(id_vendor_id ignore nulls) over fullest as id_vendor_id,
           first_value(id_anonymous_id ignore nulls) over fullest as id_anonymous_id,
           first_value(id_account ignore nulls) over fullest as id_account,
           row_number() over (partition by order_id order by fullness desc, source, ordered_at) as place
    from weighed
    window fullest as (partition by order_id order by fullness desc, source, ordered_at
                       rows between unbounded preceding and unbounded following))
select * exclude (place) from known where place = 1
