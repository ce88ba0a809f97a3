"""The closed loop: unhappy answers to look after, and what contacting people caused, by those held out at random."""
