"""A Result, and a comparison of channels, as plain rows: for JSON, files and notebooks."""
