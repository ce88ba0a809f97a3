"""How often 95 % intervals hold the truth, design by design: samples drawn by numpy alone, counted by the product's own SQL."""
