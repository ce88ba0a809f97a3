"""Open questions about loaded records: a line on every view that has severe ones, the whole list on Data."""

from collections.abc import Sequence
from html import escape

from data.questions import Question
from metrics.catalogue.load import catalogue
from metrics.rules import open_questions
from report import numbers, placement
from report.words.words import listed

MARK = {"severe": "Numbers probably wrong", "look": "Worth a look"}


def notice(questions: Sequence[Question], data_link: str) -> str:
    """HTML of one line for every view: how many severe questions are open, the first of them, and which numbers they touch; nothing without any."""
    severe = [q for q in questions if q.severe and not q.confirmed]
    if not severe:
        return ""
    more = f" And {len(severe) - 1} more." if len(severe) > 1 else ""
    return (
        f'<p class="asked"><b>Check before you use these numbers.</b> {escape(severe[0].asks)}{more} '
        f'It touches {escape(touched(severe))}. <a href="{escape(data_link)}" target="_self">What to do</a></p>'
    )


def trouble(sentence: str) -> str:
    """HTML of the line for every view that says these are not the newest data, or not whole."""
    return f'<p class="asked"><b>Not the newest data.</b> {escape(sentence)}</p>'


def touched(questions: Sequence[Question], most: int = 4) -> str:
    """The short names of metrics that count such records, the first few and how many more."""
    first = sorted(catalogue().values(), key=lambda found: found.id not in placement.shown("tiles"))
    names = list(dict.fromkeys(found.short for found in first if open_questions.touching(found, tuple(questions))))
    if not names:
        return "no metric"
    return (
        listed(names[:most])
        if len(names) <= most
        else f"{', '.join(names[:most])} and {len(names) - most} more metrics"
    )


def rows(questions: Sequence[Question]) -> list[list[str]]:
    """A row an open question: how severe, what is asked, of how many records, which numbers, what to do, how to answer it."""
    answer = 'confirmed = ["{}"]'
    return [
        [
            MARK[q.severity],
            q.asks,
            f"{numbers.whole(q.records)} of {numbers.whole(q.total)}",
            touched([q]),
            q.remedy,
            answer.format(q.key),
        ]
        for q in questions
        if not q.confirmed
    ]
