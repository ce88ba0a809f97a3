"""A number walked from the records of its files to its value, and on to what other tools would read."""
