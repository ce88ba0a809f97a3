-- one row a kind of records that is not kept for good: for how many days, and the first day that is kept
select kind, days, kept_from from cfg_retention order by kind
