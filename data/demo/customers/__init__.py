"""Who the customers are and what they do, are asked and say."""
