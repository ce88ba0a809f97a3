"""What people saved beside their decisions, in the same database."""
