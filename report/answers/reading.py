"""A question in an address: `metric=…&by=…&where=stage=Buy`, as the command line writes it, to checked arguments and an answer."""

from collections.abc import Iterable
from typing import Any

from data.errors import UserError
from data.store.generations import Generation
from metrics.query.filter_values import parts
from metrics.query.result import Result
from report.answers.arguments import Argument, checked, quoted
from report.answers.asking import AS_OTHERS, COMPARE, CUT, METRICS, answer_with_verdicts, query_from

ARGUMENTS: tuple[Argument, ...] = (*METRICS, *CUT, COMPARE, AS_OTHERS)
MANY = {
    "metric": "metrics",
    "metrics": "metrics",
    "by": "by",
}  # key of an address → argument; several, or apart by commas
YES = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def arguments(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The arguments an address names. Raises UserError for a key, a value or a filter that does not fit."""
    given: dict[str, Any] = {}
    where: dict[str, list[str]] = {}
    for key, value in pairs:
        if key in MANY:
            given.setdefault(MANY[key], []).extend(part.strip() for part in parts(value) if part.strip())
        elif key == "where":
            name, separator, wanted = value.partition("=")
            if not separator:
                raise UserError("a filter is written where=DIMENSION=VALUE", found=quoted(value), fix="where=stage=Buy")
            where.setdefault(name.strip(), []).extend(part.strip() for part in parts(wanted))
        elif key in given:
            raise UserError("this stands once", where=key, found=quoted(value))
        else:
            given[key] = YES.get(value.casefold(), value) if key in ("all", "as_others") else value
    if where:
        given["where"] = where
    return checked(given, ARGUMENTS)


def answer(given: dict[str, Any], generation: Generation) -> Result:
    """The answer to checked arguments: the numbers of `metrics show`."""
    return answer_with_verdicts(query_from(given, generation), generation)
