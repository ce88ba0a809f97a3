-- at most one row: the answer kept for this question
select answer from answers where generation = :generation and question = :question
