-- what was changed of a decision, the newest first
select at, who, field, before, after from decision_changes where id = :id order by version desc, rowid
