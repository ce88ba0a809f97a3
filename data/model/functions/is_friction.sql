-- a function: whether events of this kind are friction: something failed, or the page did not do what was asked of it
create or replace macro @{place}is_friction(kind) as kind in (@friction)
