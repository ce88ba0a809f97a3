"""Workbooks with native charts."""
