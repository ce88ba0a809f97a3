"""From a path to a relation of text columns."""
