"""A document read number by number: supported, other definition, contradicted, or not measurable."""
