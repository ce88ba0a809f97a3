-- one row an event name and journey: the first rule in file order that names it
select pattern as event_name, journey, min(rule) as rule from cfg_rules where kind = 'event' group by pattern, journey
