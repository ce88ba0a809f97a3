-- one row a person: their latest relationship answer asked on the NPS scale, and how many whole months they had been a customer then
select a.person_id, a.person_group, case when a.score >= 9 then 1 when a.score <= 6 then -1 else 0 end as class,
       date_sub('month', p.customer_since, a.responded_at) as months
from scored_answers a
join people p on p.person_id = a.person_id and a.responded_at >= p.valid_from and a.responded_at < p.valid_until
where a.form = 'nps' and a.asked_about = 'relationship' and a.linked and a.journey = $journey and p.customer_since <= a.responded_at
qualify row_number() over (partition by a.person_id order by a.responded_at desc, a.answer_key desc) = 1
order by a.person_id
