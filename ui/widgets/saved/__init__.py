"""What somebody saved for themselves, in the line above every page."""
