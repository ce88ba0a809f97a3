-- one row a request for help that counts, and journey: asked by people, neither merged, spam, internal, outbound nor asked twice at once,
-- nor better known to another journey.
-- fct_tickets says of each other ticket why it does not count
select * from fct_tickets where counted and not staff_test
