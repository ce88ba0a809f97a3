-- one row an answer with words of people and journey it is about: a comment of up to three characters says nothing
select * from fct_answers where comment is not null and length(comment) > 3 and not staff_test and not elsewhere
