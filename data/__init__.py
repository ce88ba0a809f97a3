"""Everything that comes in, and how it becomes the store."""
