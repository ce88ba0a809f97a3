-- one row an answer of people and journey, scored or not, also where it is about another journey (elsewhere): an answer may bring a choice or words only
select * from fct_answers where not staff_test
