-- one of them changed, if nobody else changed it since it was read
update followups set version = version + 1, updated_at = :at, updated_by = :who, owner = :owner, status = :status, notes = :notes
where answer = :answer and version = :version
