-- one row a page view of pop_visits (people linked before) up to its first friction: fct_friction_moments is made of these only
select * from fct_friction_moments
