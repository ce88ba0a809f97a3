"""People's own words on the page."""

from html import escape

from ui import words


def quote(row: dict) -> str:
    """One verbatim with where, when and the score it came with."""
    score = f"{row['metric'] or ''} {row['score']:g}".strip() if row["score"] is not None else None
    when = words.day(row["day"]) if row["day"] else None
    small = " · ".join(escape(str(part)) for part in (row["touch_channel"], when, score) if part)
    return f'<blockquote class="quote">{escape(row["comment"])}<small>{small}</small></blockquote>'
