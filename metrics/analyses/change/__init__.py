"""Change: when levels changed, how much of a change is another mix, what the company's initiatives did, and what research notes say beside it."""
