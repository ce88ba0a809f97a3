-- a view under its name; one of the same name of the same person gives way
insert into views (id, who, name, page, address, at) values (:id, :who, :name, :page, :address, :at)
on conflict (who, name) do update set page = excluded.page, address = excluded.address, at = excluded.at
