-- one row more: somebody did something
insert into audit (at, what, who, detail) values (:at, :what, :who, :detail)
