-- what a subscription was sent, one row a time (the third version of these tables)
create table if not exists sent (name text not null, at text not null, generation text not null, record text not null);
create index if not exists sent_of on sent (name);
