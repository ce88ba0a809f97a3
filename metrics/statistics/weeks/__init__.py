"""Change over time: weekly shocks, season, steps, control limits, many looks."""
