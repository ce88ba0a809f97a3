"""What goes with a raw score or with coming back, of what was recorded before: importance, dose and response, what the two ends had met."""
