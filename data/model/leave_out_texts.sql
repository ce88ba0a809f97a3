-- one row more an answer that is nothing but a text, which goes; of the others what people wrote before a day is forgotten
create or replace temp table _left_out as
    select rowid as rid, source, file, row from src_survey_answers
    where coalesce(responded_at, invited_at, experienced_at) < $before and comment is not null and score is null and choice is null;
insert into refusals select distinct source, file, row, 'comment', $kind, $reason, null, $allowed from _left_out;
delete from src_survey_answers where rowid in (select rid from _left_out);
drop table _left_out;
update src_survey_answers set comment = null where coalesce(responded_at, invited_at, experienced_at) < $before;
update src_support_tickets set subject = null, body = null where created_at < $before;
