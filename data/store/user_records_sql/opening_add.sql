-- one row more: somebody opens one person's path
insert into openings (opened_at, who, person, view, generation) values (:opened_at, :who, :person, :view, :generation)
