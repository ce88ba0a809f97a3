"""What each cause and friction of a journey is worth beside the others, no euro counted twice."""
