-- one row a source and signal: how many events carry it; a signal no event ever carried is not collected
select source, kind as signal, count(*) as events from int_events group by source, kind
