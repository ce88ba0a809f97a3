-- keep a secret once: whoever comes second finds the first one's
insert or ignore into secrets (name, value) values (:name, :value)
