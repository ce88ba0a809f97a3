-- one row a dimension and value of the visits, most frequent first: what a filter offers
select dimension, value, visits from (
    select 'touch_channel' as dimension, touch_channel as value, count(*) as visits from people_visits group by touch_channel
    union all select 'device', device, count(*) from people_visits group by device
    union all select 'segment', segment, count(*) from people_visits group by segment
    union all select 'region', region, count(*) from people_visits group by region) as found
where value is not null
order by dimension, visits desc, value
