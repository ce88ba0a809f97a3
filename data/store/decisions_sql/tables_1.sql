-- decisions as signed, one row each, and what was changed of them since (the first version of these tables)
create table if not exists decisions (
    id text primary key, version integer not null, signed_at text not null, signed_by text not null, updated_at text not null, updated_by text not null,
    claim text not null, worth text not null, journey text not null, stage text not null, metric text not null, metric_version integer not null,
    line real not null, below integer not null, value real, low real, high real, n integer, first_day text not null, last_day text not null,
    generation text not null, owner text not null, other_side text not null, due text not null, status text not null, notes text not null);
create table if not exists decision_changes (
    id text not null, version integer not null, at text not null, who text not null, field text not null, before text not null, after text not null);
create index if not exists decision_changes_of on decision_changes (id, version);
