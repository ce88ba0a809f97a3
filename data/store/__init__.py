"""Generations, their parts, and users' own records."""
