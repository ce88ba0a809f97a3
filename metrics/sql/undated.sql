-- one row: how many answers carry no date at all, of how many
select count(*) filter (where day is null) as undated, count(*) as answers from people_answers
where journey = $journey and not elsewhere and (len($stages) = 0 or stage is null or list_contains($stages, stage))
