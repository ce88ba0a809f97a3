"""The files a company edits, read and checked."""
