-- one row a text of people as it was scored (a comment in a survey, the message of a ticket that counts) and journey
select * from fct_verbatims where not staff_test
