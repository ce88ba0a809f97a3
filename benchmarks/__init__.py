"""Is the product right, and is it fast: marks against simulated companies whose truth is known (docs/RECOVERY.md)."""
