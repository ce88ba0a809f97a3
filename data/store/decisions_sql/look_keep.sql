-- somebody looks at a generation: one row more, or that row as of now
insert into looks values (:who, :scope, :generation, :at, :record)
on conflict (who, scope, generation) do update set at = :at, record = :record
