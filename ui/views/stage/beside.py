"""What stands beside the causes of a stage: a year's worth and a customer's words, worked out after the causes and kept in no file."""

from dataclasses import dataclass, field
from html import escape

from metrics.analyses.causes.model import Cause, StageCauses
from metrics.analyses.portfolio.of_causes import Beside, beside_causes
from metrics.query.query import Query
from report.words import portfolio_words
from report.words.words import as_sentence
from ui.session.later import Later
from ui.widgets import quotes


@dataclass(frozen=True)
class _Asked:
    """The question of causes that are known, which are brought along."""

    query: Query
    made: StageCauses = field(compare=False)


_ANSWERS: Later[_Asked, tuple[Beside, ...]] = Later(
    "beside causes",
    None,
    lambda asked, generation: beside_causes(asked.query, asked.made, generation),
    lambda asked, error: (),
)


def ready(made: StageCauses) -> tuple[Beside, ...] | None:
    """One a cause where they are known; else None, and they are asked in the background."""
    return _ANSWERS.ready(_Asked(made.query, made)) if made.causes else ()


def settled(made: StageCauses) -> bool:
    """Whether `ready` has something to say."""
    return not made.causes or _ANSWERS.settled(_Asked(made.query, made))


def lines(cause: Cause, beside: Beside) -> str:
    """The worth as a line and the quote below it, as HTML."""
    worth, quote = portfolio_words.cause_worth(cause, beside), beside.quote
    said = f'<p class="evidence">{escape(as_sentence(worth))}</p>' if worth else ""
    if quote is None:
        return f'<div class="beside">{said}</div>' if said else ""
    row = {
        name: getattr(quote, name)
        for name in ("comment", "day", "touch_channel", "language", "metric", "score", "scale_max")
    }
    return f'<div class="beside">{said}{quotes.quote(row, more=(portfolio_words.cause_quote(quote),))}</div>'
