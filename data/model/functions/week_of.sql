-- a function: the first day of the company's week a day lies in. 1 January 2024 was a Monday; weekdays count from it, 0 to 6
create or replace macro @{place}week_of(day) as day - cast((date_diff('day', date '2024-01-01', day) % 7 + 14 - @first_weekday) % 7 as integer)
