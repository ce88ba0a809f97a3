-- one row a page, ticket reason or survey that no rule maps, most frequent first
select kind, what, times from unmapped where journey = $journey order by kind, times desc, what limit 45
