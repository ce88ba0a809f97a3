"""The catalogue in the formats of other semantic layers, and back."""
