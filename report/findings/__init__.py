"""What is told of a company: rules from Results to findings, each with its evidence and next step."""
