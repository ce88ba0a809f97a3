-- the version of a case a decision rests on by its last link
select c.* from (select case_id, version from decision_cases where decision = :decision order by rowid desc limit 1) l
join cases c on c.id = l.case_id and c.version = l.version
