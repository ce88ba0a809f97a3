-- one row a ticket somebody waited with, and journey: those of pop_tickets and the ones merged into another. Waiting ends with the
-- merging, so leaving these out would make the waits too short
select * from fct_tickets where (counted or excluded_because = 'merged into another ticket') and not staff_test and not elsewhere
