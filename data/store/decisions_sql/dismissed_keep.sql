-- that somebody put something away, once
insert into dismissed (who, what, at) values (:who, :what, :at) on conflict (who, what) do nothing
