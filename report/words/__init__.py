"""The English of Results: values with their states, reasons, changes, answers, channels, movements."""
