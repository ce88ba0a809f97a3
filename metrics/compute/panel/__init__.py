"""The rows of a fact held as columns of numbers, so that any period, stage and filter is counted without a statement of its own.

Sums over people do not add up over days or weeks: who came twice is one person. So no table by day can give a period's intervals, and
every new period was a scan, a join of its own and some ten milliseconds of planning. Here each row's day, person, dimensions and what
the measures say of it are read once a generation, by the definitions' own SQL; a period is a stretch of them. What needs more than the
rows of its cell, or has more rows than may be held, is asked in SQL as before; a test holds both against each other.
"""
