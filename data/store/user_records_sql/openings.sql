-- one row an opening, newest first
select opened_at, who, person, view, generation from openings order by opened_at desc, rowid desc
