-- one row: the share of visits, answers and tickets that lie in the last 13 weeks of the data
select avg(case when day > (select last_day from meta) - 91 then 1.0 else 0.0 end)
from (select day from visits union all select day from answers union all select day from tickets)
