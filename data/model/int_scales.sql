-- one row a metric and scale it is known on: its form, and up to which score (turned so that high is good) the answer is unhappy;
-- null where it says neither. NPS is defined on 0–10 alone (Reichheld 2003); 1–10 is another number under another name. CSAT:
-- whoever is not among the satisfied (top 1 of 2 and 3, 2 of 4 to 6, 3 of 7 to 11) is unhappy; CES: below the middle
select metric, cast(lowest as double) as lowest, cast(highest as double) as highest, form, cast(unhappy_up_to as double) as unhappy_up_to
from (values
    ('nps', 0, 10, 'nps', 6), ('nps', 1, 10, 'nps_1_10', 6),
    ('csat', 0, 1, 'csat_yes_no', 0), ('csat', 1, 2, 'csat_yes_no', 1),
    ('csat', -1, 1, 'csat_3', 0), ('csat', 0, 2, 'csat_3', 1), ('csat', 1, 3, 'csat_3', 2), ('csat', 1, 4, 'csat_4', 2),
    ('csat', 1, 5, 'csat_5', 3), ('csat', 1, 6, 'csat_6', 4), ('csat', 1, 7, 'csat_7', 4), ('csat', 1, 10, 'csat_10', 7),
    ('csat', 0, 10, 'csat_11', 7),
    ('ces', 1, 5, 'ces_5', 2), ('ces', 1, 7, 'ces_7', 3),
    ('resolved', 0, 1, 'resolved', null), ('resolved', 1, 2, 'resolved', null),
    ('seq', 1, 7, 'seq', null),
    ('disconfirmation', -1, 1, 'disconfirmation', null), ('disconfirmation', -2, 2, 'disconfirmation', null),
    ('disconfirmation', -3, 3, 'disconfirmation', null), ('disconfirmation', -4, 4, 'disconfirmation', null),
    ('disconfirmation', -5, 5, 'disconfirmation', null),
    ('perceived', 1, 7, 'perceived_7', null), ('expectation_before', 1, 7, 'expectation_before_7', null),
    ('sus', 1, 5, 'sus', null), ('umux_lite', 1, 7, 'umux_lite', null), ('suprq', 1, 5, 'suprq', null), ('suprq', 0, 10, 'suprq', null),
    ('suprq', 1, 10, 'suprq', null), ('acsi_style', 1, 10, 'acsi_style', null)) as known (metric, lowest, highest, form, unhappy_up_to)
