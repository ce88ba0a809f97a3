"""What an edit of definitions or of journey.toml would move, before anything is published."""
