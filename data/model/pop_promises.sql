-- one row a promise to people that fell due and was kept or broken, what it was made about, and journey: an open or withdrawn one is
-- neither. One kept before its time is no more due than an open one made as late: with it, the last hours would all be kept
select * from fct_promises
where outcome in ('kept', 'broken') and not staff_test
  and (made_about = 'answer' or due_at <= (select data_as_of from fct_meta))
