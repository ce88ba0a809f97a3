"""Every sentence people read, by its name; one folder a language."""
