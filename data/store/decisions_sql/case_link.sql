-- from now on a decision rests on this version of a case ('' on none)
insert into decision_cases values (:decision, :at, :who, :case_id, :version)
