-- a function: the number of a person nobody knows, from the key of what they did: it stays the same from build to build
create or replace macro @{place}stand_in(key) as cast('0x' || substr(sha256(key), 1, 15) as bigint)
