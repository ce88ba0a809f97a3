-- one row: an answer just found
insert or replace into answers (generation, question, kept_at, answer)
values (:generation, :question, :kept_at, :answer)
