"""From text to typed values: dates, numbers, ids, scales, words."""
