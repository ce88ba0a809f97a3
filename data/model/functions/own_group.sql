-- a function: the group of the person that own_person makes of a record's key
create or replace macro @{place}own_group(key) as cast(hash(key) % @groups as bigint)
