-- one sending more
insert into sent values (:name, :at, :generation, :record)
