-- a decision changed, if nobody else changed it since it was read
update decisions set version = version + 1, updated_at = :at, updated_by = :who, owner = :owner, other_side = :other_side, due = :due,
       status = :status, notes = :notes
where id = :id and version = :version
