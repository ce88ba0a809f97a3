"""Forms of JSON that hold records otherwise than as objects in a list."""
