"""Text from the data made harmless, as report does it."""

from report.neutral import CONTROL, STARTS, neutral, neutral_in_csv

__all__ = ["CONTROL", "STARTS", "neutral", "neutral_in_csv"]
