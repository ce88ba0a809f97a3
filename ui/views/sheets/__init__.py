"""Pages of one analysis each, told as sheets: asked in the background, shown block by block."""
