"""Analyses as sheets of text and numbers: what a page, a command and a file show of one answer is written once, here."""
