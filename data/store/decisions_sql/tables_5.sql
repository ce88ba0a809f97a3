-- what an account or a browser saw of the Overview, one row a generation, the newest two kept (the fifth version of these tables)
create table if not exists looks (
    who text not null, scope text not null, generation text not null, at text not null, record text not null,
    primary key (who, scope, generation))
