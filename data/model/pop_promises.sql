-- one row a promise to people that was kept or broken, what it was made about, and journey: an open or withdrawn one is neither
select * from fct_promises where outcome in ('kept', 'broken') and not staff_test
