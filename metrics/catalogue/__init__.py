"""What can be measured: definitions, their validation and other orders of them."""
