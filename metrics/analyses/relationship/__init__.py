"""Relationship: when customers buy again, how the same people's recommendation changes, and what lay between two answers."""
