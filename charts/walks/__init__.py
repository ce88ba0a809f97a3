"""Charts that go from one number to another, step by step."""
