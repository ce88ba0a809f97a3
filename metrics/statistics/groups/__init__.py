"""Groups set side by side: differences, strata, mixes, channels, experiments, drivers."""
