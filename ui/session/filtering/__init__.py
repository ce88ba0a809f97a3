"""Filtering by what is clicked."""
