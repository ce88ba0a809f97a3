"""Cards and lists as CSV."""
