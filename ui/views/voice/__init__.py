"""The blocks of the Voice page."""
