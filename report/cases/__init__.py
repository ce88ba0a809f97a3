"""Business cases on their way out: their address, the file the command line reads, tables."""
