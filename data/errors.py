"""One clear message for whoever has to mend the input: where, what was found, what is allowed, what to do."""

import difflib
import re
from collections.abc import Callable, Iterable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class UserError(Exception):
    """A request that cannot be carried out as written. Shown without a traceback; exit code 2."""

    def __init__(
        self,
        problem: str,
        *,
        file: object = None,
        where: str = "",
        found: object = None,
        allowed: object = None,
        fix: str = "",
    ):
        parts = [f"{file}: " if file else "", f"{where}: " if where else "", problem]
        text = "".join(parts).rstrip(".") + "."
        if found is not None:
            text += f" Found: {found}."
        if allowed is not None:
            text += f" Allowed: {allowed}."
        if fix:
            text += f" {fix.rstrip('.')}."
        super().__init__(text)


class Several(UserError):
    """What is wrong in several places, a sentence a line."""

    MOST = 40

    def __init__(self, errors: list[UserError]):
        self.errors = errors
        lines = [str(error) for error in errors[: self.MOST]]
        more = [f"and {len(errors) - self.MOST} more."] if len(errors) > self.MOST else []
        Exception.__init__(self, "\n".join(lines + more))


class Problems:
    """What is wrong with settings, collected, so that one run says it all."""

    def __init__(self) -> None:
        self.found: list[UserError] = []

    def of(self, check: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """What a check gives; None where it raised, which is kept."""
        try:
            return check(*args, **kwargs)
        except Several as error:
            self.found += error.errors
        except UserError as error:
            self.found.append(error)
        return None

    def end(self) -> None:
        """Raise what was found, if anything."""
        if len(self.found) == 1:
            raise self.found[0]
        if self.found:
            raise Several(self.found)


class FileProblem(UserError):
    """One file cannot be read at all. The build reports it and goes on with the others.

    `records` is how many records it holds, where that is known: they are counted as refused.
    """

    records = 0


def in_words(error: Exception, path: object = None, label: str = "the file") -> str:
    """What an engine or a library says of a fault, without its own class of error and without a path of this machine."""
    text = (str(error).splitlines() or [""])[0]
    if path:
        text = text.replace(str(path), label)
    text = re.sub(r"^(\s*[A-Z][\w ]{0,30} (Error|Exception): |\[Errno -?\d+\] )+", "", text)
    text = re.sub(r"""(["'])(/|[A-Za-z]:\\).*?\1""", label, text)
    if " " not in text.strip():  # a bare name, or nothing, tells nobody anything
        text = {MemoryError: "not enough memory", RecursionError: "brackets within brackets without end"}.get(
            type(error), f"its content is damaged {text and f'({text})'}".strip()
        )
    return text[:200]


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint naming the closest known word, or nothing."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean {close[0]!r}?" if close else ""


def check_keys(table: dict[str, Any], known: Iterable[str], *, file: object, where: str) -> None:
    """Refuse a key nobody reads: a misspelt setting must not be ignored in silence."""
    known, problems = sorted(known), Problems()
    for key in table:
        if key not in known:
            problems.found.append(
                UserError(
                    f"unknown key {key!r}",
                    file=file,
                    where=where,
                    allowed=", ".join(known) or "none",
                    fix=nearest(key, known),
                )
            )
    problems.end()
