"""People's own words on the page."""

from collections.abc import Sequence
from html import escape

from report.text.catalogue import say
from report.words import words
from report.words.answer_words import language, score


def quote(row: dict, path: str | None = None, more: Sequence[str] = ()) -> str:
    """One verbatim with where, when, its language and the score it came with, and what `more` there is to say; `path` is the address of the
    person's path."""
    when = words.day(row["day"]) if row["day"] else None
    parts = (
        row["touch_channel"],
        when,
        language(row["language"]),
        score(row["metric"], row["score"], row["scale_max"]),
        *more,
    )
    small = " · ".join(escape(str(part)) for part in parts if part)
    spoken = f' lang="{escape(row["language"], quote=True)}"' if row["language"] else ""
    opened = say("ui.quotes.this_persons_path", path=escape(path, quote=True)) if path else ""
    return f'<blockquote class="quote"><span{spoken}>{escape(row["comment"])}</span><small>{small}{opened}</small></blockquote>'
