-- one row an open question about loaded records, severe ones first
select question, subject, source, touches, records, total, severity, asks, remedy from questions where not confirmed
order by case severity when 'severe' then 0 else 1 end, records * 1.0 / greatest(total, 1) desc, question, source, subject
