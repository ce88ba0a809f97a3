"""What is said of Results, for every way out: findings, titles, words, number format, addresses."""
