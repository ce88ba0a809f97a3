"""The closed loop in words."""
