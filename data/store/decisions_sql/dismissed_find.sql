-- one row where somebody put it away
select 1 from dismissed where who = :who and what = :what
