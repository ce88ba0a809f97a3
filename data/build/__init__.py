"""Read, refuse, identify, model, check, publish."""
