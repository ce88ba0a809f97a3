-- one row a GA4 record that is not the first of its file with its id: an event counted twice is kept, told apart and seen
create or replace temp table _ga4_twins as
with met as (select hash(_file, anonymous_id, occurred_at, event_name, batch) as twin from _ga4),
often as (select twin from met group by twin having count(*) > 1),
numbered as (
    select _file, _row, row_number() over (partition by _file, id order by array_to_string(vals, '|'), _row) as place
    from _ga4 where hash(_file, anonymous_id, occurred_at, event_name, batch) in (select twin from often))
select _file, _row, place from numbered where place > 1;
