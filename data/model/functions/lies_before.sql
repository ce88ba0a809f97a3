-- a function: whether what came later was written earlier, by more than clocks differ: such a time is not known, and no wait is shorter than none
create or replace macro @{place}lies_before(later, earlier) as later < earlier - interval '1 minute'
