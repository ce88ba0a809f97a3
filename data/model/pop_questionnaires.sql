-- one row a questionnaire answered in full, by people, on the scale its score is defined on: ten SUS items of 1–5, two UMUX-Lite
-- items of 1–7, seven SUPR-Q items of 1–5 and the recommendation of 0–10, three ACSI items of 1–10
select * from fct_questionnaires
where not staff_test
  and case metric when 'sus' then items = 10 and numbers = 55 and lowest = 1 and highest = 5
                  when 'umux_lite' then items = 2 and lowest = 1 and highest = 7
                  when 'suprq' then items = 8 and fives = 7 and tens = 1
                  when 'acsi_style' then items = 3 and lowest = 1 and highest = 10 else false end
