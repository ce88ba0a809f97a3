-- one row a dimension and value of the visits, most frequent first: what a filter offers
select dimension, value, visits from (
    select 'touch_channel' as dimension, touch_channel as value, count(*) as visits from visits group by touch_channel
    union all select 'device', device, count(*) from visits group by device
    union all select 'segment', segment, count(*) from visits group by segment
    union all select 'region', region, count(*) from visits group by region) as found
where value is not null
order by dimension, visits desc, value
