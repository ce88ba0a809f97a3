"""What is true of the company, and how it is known: twin runs."""
