"""In which order lists and tables of a page stand, kept in its address."""
