"""Cards and lists as pictures."""
