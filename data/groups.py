"""How many groups of persons there are. A leaf without imports: the statistics know it, and nothing else of the store."""

GROUPS = 40  # of persons, for the delete-a-group jackknife
