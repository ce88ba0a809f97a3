"""Answers as plain data, for assistants, spreadsheets and whatever else asks from outside: the same numbers and words as everywhere."""
