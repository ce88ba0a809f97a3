"""What it is worth to change something at a stage: from a case, as written in CASE.toml, to a yearly benefit and its present value."""
