-- one row a word that says yes or no to a question of metric resolved; anything between the two says neither
select word, said_yes
from (values ('yes', true), ('y', true), ('true', true), ('ja', true), ('oui', true), ('sí', true), ('si', true), ('sim', true), ('sì', true),
             ('no', false), ('n', false), ('false', false), ('nein', false), ('non', false), ('nee', false), ('não', false), ('nao', false))
     as known (word, said_yes)
