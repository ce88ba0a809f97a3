-- unhappy answers somebody looks after, one row each, what changed of them, and the share of people held out (the fourth version of these tables)
create table if not exists followups (
    answer text primary key, journey text not null, stage text not null, owner text not null, status text not null, notes text not null,
    version integer not null, opened_at text not null, opened_by text not null, updated_at text not null, updated_by text not null);
create table if not exists followup_changes (
    answer text not null, version integer not null, at text not null, who text not null, field text not null, before text not null, after text not null);
create table if not exists holdouts (at text not null, who text not null, share real not null);
