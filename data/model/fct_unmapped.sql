-- one row a thing no rule maps, journey by journey: pages by path, events, ticket categories, surveys; with how often
with pages as (
    select j.journey, regexp_replace(regexp_replace(e.url, '^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*', ''), '[?#].*$', '') as what, count(*) as times
    from int_event_stages j join int_events e on e.source = j.source and e.event_id = j.event_id
    where j.stage is null and j.kind = 'view' group by 1, 2)
select journey, 'page' as kind, case when what = '' then '/' else what end as what, times from pages
union all
-- an event on a page is mapped by its page
select journey, 'event', event_name, count(*) from int_event_stages where stage is null and kind <> 'view' and url = '' group by 1, 2, 3
union all
select journey, 'ticket', coalesce(category, '(no category)'), count(*) from pop_tickets where stage_basis = 'none' group by 1, 2, 3
union all
-- a survey about the relationship or for research belongs to no stage; one without a kind is waiting for it
select journey, case when survey_kind is null then 'undeclared survey' else 'survey' end, survey, count(*)
from fct_answers where stage is null and stage_basis in ('none', 'unstaged') and coalesce(survey_kind, '') not in ('relationship', 'research')
group by 1, 2, 3
