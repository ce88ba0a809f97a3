"""What is done to a file, by what it takes: rows, cells, text, lines, bytes, JSON, members of archives."""
