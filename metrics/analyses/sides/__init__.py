"""Two parts of the same period beside each other: two channels, devices, segments, regions."""
