-- one row an answer that counts in a score, and journey it is about: a score was given, by people, on a scale its metric is known on (int_scales).
-- `score` is turned so that high is good; `given_score` is what was stored. fct_answers says of each other answer why it does not count
select * exclude (score, score_high), score as given_score, score_high as score from fct_answers where unscored_because is null and not elsewhere
