-- one row a pair of ids of one contact: the company's reference, e-mail and phone
create or replace temp table _qualtrics_edges as
with contacts as (
    select _row, nullif(trim(@reference), '') as reference, nullif(trim(email), '') as email,
           nullif(trim(@phone), '') as phone
    from @raw),
pairs as (
    select _row, 'customer_id' as kind_a, reference as value_a, unnest(['email', 'phone']) as kind_b,
           unnest([email, phone]) as value_b from contacts where reference is not null
    union all
    select _row, 'email', email, 'phone', phone from contacts where reference is null)
select *, 'answer' as made_by from pairs where value_a is not null and value_b is not null;
