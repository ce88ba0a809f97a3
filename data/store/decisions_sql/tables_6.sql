-- views that somebody saved by name, for themselves (the sixth version of these tables): who is the hash of an account, address the parameters
create table if not exists views (
    id text primary key, who text not null, name text not null, page text not null, address text not null, at text not null,
    unique (who, name))
