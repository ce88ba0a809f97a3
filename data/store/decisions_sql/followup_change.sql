-- one field of it as it was and as it is
insert into followup_changes values (:answer, :version, :at, :who, :field, :before, :after)
