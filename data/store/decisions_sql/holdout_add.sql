-- from now on this share of people is held out
insert into holdouts values (:at, :who, :share)
