"""Does a viewer get the numbers of a store that holds only what they may see? Random access files and questions, both ways."""
