"""Parts of pages that any view uses."""
