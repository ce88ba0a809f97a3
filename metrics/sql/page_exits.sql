-- one row a visit of a stage with a page view: its page views, and whether the session left the journey there
select @picks f.person_id, f.person_group, f.page_views as base, case when f.is_last_stage then 1 else 0 end as exits,
       case when f.is_last_stage then 1 else 0 end as counted
from people_visits as f
where @where and f.page_views > 0
