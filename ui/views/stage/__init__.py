"""The blocks of the Stage page."""
