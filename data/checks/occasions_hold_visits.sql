-- every visit of a person counts in exactly one occasion
select (select count(*) from pop_visits) as visits, sum(visits) as in_occasions
from fct_occasions having coalesce(sum(visits), 0) <> (select count(*) from pop_visits)
