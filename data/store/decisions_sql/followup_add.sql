-- an unhappy answer that somebody looks after from now on
insert into followups values (:answer, :journey, :stage, :owner, :status, :notes, 1, :at, :who, :at, :who)
