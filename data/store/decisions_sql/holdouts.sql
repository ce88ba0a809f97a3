-- every share of people that was held out, the newest first
select at, who, share from holdouts order by rowid desc
