"""The metric layer: a Query in, a Result out. Views, exports and the command line all use it; none computes a number."""
