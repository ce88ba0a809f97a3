"""The erasure of one person from the app, for administrators: `form` asks, `run` carries it out and keeps the receipt to show."""

from ui.views.erasing.form import form, receipt

__all__ = ["form", "receipt"]
