-- one field of a decision as it was and as it is
insert into decision_changes (id, version, at, who, field, before, after) values (:id, :version, :at, :who, :field, :before, :after)
