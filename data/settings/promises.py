"""What shows that a promise was kept: the `evidence` and `felt` of a [[promise]] in journey.toml, read once."""

import re
from dataclasses import dataclass
from pathlib import Path

from data.errors import UserError

FORMS = (
    "orders: delivered_at <= promised_at",
    "orders: delivered_at <= ordered_at + 5 d",
    "tickets: first_reply_at <= created_at + 24 h",
    "answers: survey/question = Yes",
)
BEHAVIOUR = re.compile(
    r"^(?:(orders):\s*(delivered_at)\s*<=\s*(promised_at|ordered_at)|(tickets):\s*(first_reply_at|solved_at)\s*<=\s*(created_at))"
    r"(?:\s*\+\s*(\d+(?:\.\d+)?)\s*(h|d))?$"
)
ANSWER = re.compile(r"^answers:\s*(?:([^/=]+?)\s*/)?\s*([^/=]+?)\s*=\s*(.+)$")


@dataclass(frozen=True)
class Evidence:
    """`kind` is measured or felt. For orders and tickets: column `done` must not be later than `due` + `hours`."""

    kind: str
    fact: str
    done: str = ""
    due: str = ""
    hours: float = 0.0
    survey: str = ""  # empty: whichever survey has the question
    question: str = ""
    answer: str = ""


def read_evidence(text: str, *, file: Path, where: str) -> Evidence | None:
    """The evidence a text names; None where it only describes it in words. Raises UserError for a rule with a mistake."""
    text = text.strip()
    if found := BEHAVIOUR.match(text):
        fact, done, due = [part for part in found.groups()[:6] if part]
        hours = float(found[7] or 0) * (24 if found[8] == "d" else 1)
        return Evidence("measured", fact, done, due, hours)
    if found := ANSWER.match(text):
        return Evidence("felt", "answers", survey=found[1] or "", question=found[2], answer=found[3].strip())
    if re.match(r"^(orders|tickets|answers)\s*:", text):
        raise UserError(
            "the evidence of a promise cannot be read",
            file=file,
            where=where,
            found=repr(text),
            allowed=" · ".join(FORMS),
        )
    return None
