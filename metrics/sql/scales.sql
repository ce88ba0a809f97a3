-- one row a metric and scale it is known on, with its form
select metric, form from scales
