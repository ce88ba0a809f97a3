-- one row a person, variant and stage: the first answer of one metric in the days looked at (a part of experiment_answers)
    select f.experiment, f.variant, '@metric' as metric, @stage as stage, cast(@value as double) as v
    from window_answers as f
    where @where
    qualify row_number() over (partition by f.experiment, f.exposed, @stage order by f.responded_at, f.answer_key) = 1
