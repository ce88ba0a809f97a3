"""What goes with unhappiness in a stage: everything measured about it, compared alike, ranked, and silent where nothing holds."""
