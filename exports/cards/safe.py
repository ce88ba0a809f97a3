"""Text from the data made harmless, as report does it."""

from report.neutral import CONTROL, STARTS, comment, neutral, neutral_in_csv, one_line, plain

__all__ = ["CONTROL", "STARTS", "neutral", "comment", "neutral_in_csv", "one_line", "plain"]
