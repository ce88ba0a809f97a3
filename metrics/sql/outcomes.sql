-- one row a stage: the metric that decides who is unhappy there
select stage, metric from outcomes where journey = $journey and asked_about = 'stage' and stage <> ''
