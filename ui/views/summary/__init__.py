"""The parts of the Overview: decision cards, the strip of stages, the vital signs."""
