"""Open questions about loaded records: a line on every view that has severe ones, the whole list on Data."""

from collections.abc import Sequence
from html import escape

from data.questions import Question
from metrics.catalogue.load import catalogue
from metrics.rules import open_questions
from report import numbers, placement
from report.text.catalogue import say
from report.words.words import listed

MARK = {"severe": say("ui.open_questions.numbers_probably_wrong"), "look": say("ui.open_questions.worth_a_look")}


def notice(questions: Sequence[Question], data_link: str) -> str:
    """HTML of one line for every view: how many severe questions are open, the first of them, and which numbers they touch; nothing without any."""
    severe = [q for q in questions if q.severe and not q.confirmed]
    if not severe:
        return ""
    more = say("ui.open_questions.and_more", severe=len(severe) - 1) if len(severe) > 1 else ""
    return say(
        "ui.open_questions.check_before_you_use_these_numbers",
        asks=escape(severe[0].asks),
        more=more,
        touched=escape(touched(severe)),
        data_link=escape(data_link),
    )


def trouble(sentence: str) -> str:
    """HTML of the line for every view that says these are not the newest data, or not whole."""
    return say("ui.open_questions.not_the_newest_data", sentence=escape(sentence))


def touched(questions: Sequence[Question], most: int = 4) -> str:
    """The short names of metrics that count such records, the first few and how many more."""
    first = sorted(catalogue().values(), key=lambda found: found.id not in placement.shown("tiles"))
    names = list(dict.fromkeys(found.short for found in first if open_questions.touching(found, tuple(questions))))
    if not names:
        return say("ui.open_questions.no_metric")
    return (
        listed(names[:most])
        if len(names) <= most
        else say("ui.open_questions.and_more_metrics", names=", ".join(names[:most]), names2=len(names) - most)
    )


def rows(questions: Sequence[Question]) -> list[list[str]]:
    """A row an open question: how severe, what is asked, of how many records, which numbers, what to do, how to answer it."""
    answer = 'confirmed = ["{}"]'
    return [
        [
            MARK[q.severity],
            q.asks,
            say("ui.open_questions.of", records=numbers.whole(q.records), total=numbers.whole(q.total)),
            touched([q]),
            q.remedy,
            answer.format(q.key),
        ]
        for q in questions
        if not q.confirmed
    ]
