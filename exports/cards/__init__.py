"""What leaves the building, free of any file format."""
