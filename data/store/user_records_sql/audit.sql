-- one row a line of the log or an opening of a path, newest first
select at, what, who, detail from (
    select at, what, who, detail, rowid as place from audit
    union all
    select opened_at, 'path opened', who, person || ' from ' || view || ' (' || generation || ')', rowid from openings)
order by at desc, place desc limit :most
