-- one row an answer on how it turned out, of a person asked before what they expected: the one minus the other
select @picks f.person_id, f.person_group, f.score - e.score as gap
from scored_answers as f
join scored_answers as e on e.person_id = f.person_id and e.journey = f.journey and e.form = 'expectation_before_7'
  and e.responded_at < f.responded_at
where @where
qualify row_number() over (partition by f.answer_key order by e.responded_at desc, e.answer_key) = 1
