-- one row: the ten columns a build needs, read and thrown away; the unit all times are held against
select max(event_date), max(event_timestamp), max(event_name), max(user_pseudo_id), max(user_id), max(platform),
       max(device.category), max(geo.region), max(app_info.version), sum(len(event_params))
from read_parquet($files)
