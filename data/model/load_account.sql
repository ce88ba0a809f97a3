-- one row a source and file: records in, loaded, refused; refused = records no row of which was loaded
create or replace temp table _landed as
    select source, file, row from src_survey_answers union select source, file, row from src_survey_invitations
    union select source, file, row from src_support_tickets union select source, file, row from src_ticket_status_changes
    union select source, file, row from src_web_events union select source, file, row from src_page_vitals
    union select source, file, row from src_web_daily union select source, file, row from src_identity_edges
    union select source, file, row from src_people union select source, file, row from src_orders
    union select source, file, row from src_exposures union select source, file, row from src_annotations
    union select source, file, row from src_ticket_tags;

create or replace temp table _landed_records as select source, file, count(*) as loaded from _landed group by source, file;

-- a record of which nothing was loaded and nothing said; a file all of whose records were loaded has none
insert into refusals
with short as (
    select f.source, f.file, f.records, f.problem
    from files f left join _landed_records c on c.source = f.source and c.file = f.file
    where f.records > coalesce(c.loaded, 0))
select f.source, f.file, n.row, null, case when f.problem is null then 'excluded' else 'bad' end,
       case when f.problem is null then 'nothing in it for any table' else 'its file was refused' end, null, null
from short f, unnest(range(1, f.records + 1)) as n(row)
where not exists (select 1 from _landed l where l.source = f.source and l.file = f.file and l.row = n.row)
  and not exists (select 1 from refusals r where r.source = f.source and r.file = f.file and r.row = n.row);

create or replace table loads as
select f.source, f.reader, f.file, f.bytes, f.modified, f.records as rows_in, coalesce(c.loaded, 0) as loaded,
       f.records - coalesce(c.loaded, 0) as refused, f.problem, f.notes, f.rowid as place
from files f left join _landed_records c on c.source = f.source and c.file = f.file;
