"""What is more than one number: stage scores, changes, channels, mixes, lists."""
