"""Charts, on one figure helper."""
