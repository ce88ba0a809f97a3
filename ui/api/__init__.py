"""The read route: answers for spreadsheets and other programs, read only (docs/SPREADSHEETS.md)."""
