-- users' own records, made where they are missing: who opened whose path, what else people did, the secret that names people in
-- addresses, and sessions ended by signing out
create table if not exists openings (
    opened_at text not null, who text not null, person text not null, view text not null, generation text not null);
create table if not exists secrets (name text primary key, value text not null);
create table if not exists audit (at text not null, what text not null, who text not null, detail text not null);
create table if not exists ended_sessions (session text primary key, until real not null);
