-- one row a generation somebody looked at, newest look first
select generation, at, record from looks where who = :who and scope = :scope order by at desc, rowid desc
