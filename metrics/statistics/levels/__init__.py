"""One number and its interval: shares, means, scores, amounts, times."""
