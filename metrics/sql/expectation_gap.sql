-- one row a voter and cell, by the latest answer an occasion on how it turned out, of a person asked before what they expected: the one minus the other
with gaps as (
    select @picks f.person_id, f.person_group, f.score - e.score as gap, coalesce(cast(f.occasion_key as varchar), f.answer_key) as voter,
           f.responded_at, f.answer_key
    from scored_answers as f
    join scored_answers as e on e.person_id = f.person_id and e.journey = f.journey and e.form = 'expectation_before_7'
      and e.responded_at < f.responded_at
    where @where
    qualify row_number() over (partition by f.answer_key order by e.responded_at desc, e.answer_key) = 1)
select @names person_id, person_group, gap
from gaps
qualify row_number() over (partition by @names voter order by responded_at desc, answer_key desc) = 1
