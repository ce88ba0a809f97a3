-- one row an answer and journey with what its score means: turned so that high is good, its form, whether it is unhappy, what the
-- survey asks about, and why it counts in no score
select a.*, s.form,
       case when a.higher_is_better then a.score else coalesce(a.scale_min, s.lowest) + coalesce(a.scale_max, s.highest) - a.score end as score_high,
       case when a.higher_is_better then a.score else s.lowest + s.highest - a.score end <= s.unhappy_up_to as unhappy,
       -- one sample a number: a survey that opens on friction or on leaving asks whom the number would be set beside
       case when a.survey_kind in ('transactional', 'intercept')
            then case when a.trigger in ('on_friction', 'on_exit') then 'outcome' else 'stage' end
            when a.survey_kind = 'post_contact' then 'contact' else a.survey_kind end as asked_about,
       case when a.score is null then 'no score was given'
            when a.staff_test then 'a colleague or a test'
            when a.metric is null then 'nobody says which metric its question is'
            when s.form is null then coalesce('no metric counts ' || a.metric || ' on a scale of ' || cast(cast(a.scale_min as integer) as varchar) || ' to '
                                              || cast(cast(a.scale_max as integer) as varchar), 'its scale is not known') end as unscored_because
from int_staged_answers a
-- NPS has one scale, and so have yes and no: where nobody stated theirs they are on it
left join int_scales s on s.metric = a.metric and s.lowest = coalesce(a.scale_min, case when a.metric in ('nps', 'resolved') then 0e0 end)
  and s.highest = coalesce(a.scale_max, case a.metric when 'nps' then 10e0 when 'resolved' then 1e0 end)
