-- a function: a value as its shape, letters as a and digits as 9, cut at 40: what was found may be somebody's name or number
create or replace macro value_shape(found) as substr(regexp_replace(regexp_replace(found, '[0-9]', '9', 'g'), '\p{L}', 'a', 'g'), 1, 40)
