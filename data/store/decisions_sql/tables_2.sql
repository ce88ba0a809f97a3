-- business cases as saved, one row a version, and which case a decision rests on (the second version of these tables)
create table if not exists cases (
    id text not null, version integer not null, at text not null, who text not null, name text not null, journey text not null, spec text not null,
    generation text not null, currency text not null, low real, middle real, high real, primary key (id, version));
create table if not exists decision_cases (
    decision text not null, at text not null, who text not null, case_id text not null, version integer not null);
create index if not exists decision_cases_of on decision_cases (decision);
