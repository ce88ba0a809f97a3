-- every decision: those not closed first, the one due next on top
select * from decisions order by status in ('done', 'dropped'), due, signed_at, id
