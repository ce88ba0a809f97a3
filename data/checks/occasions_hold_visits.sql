-- every visit of a person counts in exactly one occasion
select (select count(*) from fct_visits where not is_bot and not staff_test) as visits, sum(visits) as in_occasions
from fct_occasions having coalesce(sum(visits), 0) <> (select count(*) from fct_visits where not is_bot and not staff_test)
