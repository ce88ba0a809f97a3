"""What a number may say and show: privacy, maturity, comparability, breaks in recording."""
