"""Five steps through the simulated company that end with one's own files."""
