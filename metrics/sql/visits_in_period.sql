-- one row a person (or browser) and cell: sessions in it
select @picks f.person_id, f.person_group, count(distinct f.session_key) as visits
from people_visits as f
where @where
group by all
