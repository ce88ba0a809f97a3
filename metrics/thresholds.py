"""Below how many people nothing is shown. Written here alone: questions get the numbers as bound values or holes."""

PERSONS = 5  # fewer distinct persons than this are not shown
VERBATIMS = 8  # people's words: fewer writers than this are not shown
DOMINANT = 0.5  # of an amount: one person with more than this share could be read off
