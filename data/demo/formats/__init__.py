"""The company's files as its tools export them."""
