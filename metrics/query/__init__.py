"""The question, what a generation knows, and how it is asked of the store."""
