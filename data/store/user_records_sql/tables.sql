-- users' own records, made where they are missing: who opened whose path, what else people did, the secret that names people in
-- addresses, sessions ended by signing out, and sessions whose coming in stands in the log
create table if not exists openings (
    opened_at text not null, who text not null, person text not null, view text not null, generation text not null);
create table if not exists secrets (name text primary key, value text not null);
create table if not exists audit (at text not null, what text not null, who text not null, detail text not null);
create table if not exists ended_sessions (session text primary key, until real not null);
create table if not exists seen_sessions (session text primary key, until real not null);
