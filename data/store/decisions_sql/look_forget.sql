-- of one who looks the generations other than these two go
delete from looks where who = :who and scope = :scope and generation not in (:generation, :before)
