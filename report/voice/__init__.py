"""What people say, in sentences, as plain rows and as tables."""
