-- one row an answer of people and journey, scored or not: an answer may bring a choice or words only
select * from fct_answers where not staff_test
