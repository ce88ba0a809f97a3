-- a function: the group of a person for the delete-a-group jackknife, of the number the code knows (data/concepts.py)
create or replace macro @{place}person_group(person) as person % @groups
