-- one row a question a generation has answered: a cache, safe to delete
create table if not exists answers (
    generation text not null,
    question text not null,
    kept_at text not null,
    answer blob not null,
    primary key (generation, question)) without rowid;
