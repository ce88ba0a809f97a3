-- what no reader will ask for: answers of other generations, and all but the latest of this one
delete from answers
where generation <> :generation
   or question not in (select question from answers where generation = :generation order by kept_at desc limit :most)
