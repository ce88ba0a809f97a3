-- one row a field people write in and a kind of what could name somebody: how often it was masked
select field, kind, times from masked_words order by field, times desc, kind
