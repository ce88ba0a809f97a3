"""From a question to a Result."""
