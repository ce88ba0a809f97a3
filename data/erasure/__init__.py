"""One person erased everywhere, with a receipt: `python -m data erase`."""

from data.erasure.erase import erase

__all__ = ["erase"]
