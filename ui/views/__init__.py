"""The blocks of each view."""
