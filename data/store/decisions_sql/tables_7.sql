-- what somebody has put away for good, such as the tour (the seventh version of these tables): who is the hash of an account or browser
create table if not exists dismissed (who text not null, what text not null, at text not null, primary key (who, what))
