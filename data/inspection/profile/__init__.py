"""What a file holds, before anything is made of it: its columns, what their values are, what their headers say."""
