-- one row a journey and stage that has a goal at all
select distinct journey, stage from cfg_goals
