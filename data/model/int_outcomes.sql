-- one row a journey and stage asked about (and the journey itself, asked about the relationship): the one metric that decides who is
-- unhappy there. As journey.toml says it; else CSAT before CES before NPS, of those with at least 30 answers where any has so many:
-- one question more must not make the same people unhappier
with asked as (
    select journey, asked_about, coalesce(stage, '') as stage, metric, count(*) as answers
    from int_scored_answers
    where unscored_because is null and not elsewhere and unhappy is not null and asked_about in ('stage', 'relationship')
    group by 1, 2, 3, 4),
ranked as (
    select a.*, row_number() over (
               partition by a.journey, a.asked_about, a.stage
               order by case when a.metric = c.metric then 0 else 1 end, case when a.answers >= 30 then 0 else 1 end,
                        case a.metric when 'csat' then 0 when 'ces' then 1 else 2 end) as place
    from asked a
    left join cfg_outcomes c on c.journey = a.journey and c.stage = a.stage)
select journey, asked_about, stage, metric, answers from ranked where place = 1
