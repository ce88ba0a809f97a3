"""One place that answers questions from outside while a store goes on: it follows the pointer, keeps what it has just answered, and turns
whatever is wrong with a question into one sentence."""

import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from data import terminal
from data.errors import UserError, in_words, nearest
from data.store.generations import Generation, Store
from metrics.query import context
from metrics.query.query import Rights
from metrics.rules.access import viewed
from report import numbers
from report.answers.arguments import checked, quoted
from report.answers.common import Answer
from report.answers.tools import TOOLS, Tool
from report.text.catalogue import say

KEPT = 256  # answers


@dataclass(frozen=True)
class Reply:
    """An answer, or the one sentence that says why there is none."""

    answer: Answer | None
    error: str = ""


class Desk:
    """The tools on one store. Several threads may ask; one is answered at a time, for one company's style of numbers is in force."""

    def __init__(self, store: Path, log: Callable[[object], None] = terminal.error):
        self._store, self._log = Store(store), log
        self._kept: OrderedDict[tuple[str, str, str], Answer] = OrderedDict()
        self._one = threading.RLock()

    def reply(self, name: str, arguments: object, rights: Rights | None) -> Reply:
        """What a tool answers whoever has these rights; None: of who has the store itself. Never raises."""
        try:
            tool = _tool(name)
            given = checked(arguments if arguments is not None else {}, tool.arguments)
            with self._one:
                try:
                    return Reply(self._answer(tool, given, rights))
                except UserError:
                    raise
                except Exception as error:  # a damaged generation is left for the last good one
                    if not self._store.distrust(error):
                        raise
                    return Reply(self._answer(tool, given, rights))
        except UserError as error:
            return Reply(None, terminal.harmless(str(error)))
        except Exception as error:
            self._log(f"{name}: {type(error).__name__}: {in_words(error)}")
            return Reply(None, say("assistant.answers.fault"))

    def _answer(self, tool: Tool, given: dict[str, object], rights: Rights | None) -> Answer:
        generation = self.generation(rights)
        key = (tool.name, json.dumps(given, sort_keys=True, default=str), f"{generation.key} {rights}")
        if key not in self._kept:
            known = context.read(generation)
            with numbers.written_as(known.locale, known.currency):
                self._kept[key] = tool.answer(given, generation)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def generation(self, rights: Rights | None) -> Generation:
        """The current generation as these rights let see it."""
        whole = self._store.generation()
        return whole if rights is None else viewed(whole, rights)


def _tool(name: object) -> Tool:
    known = {tool.name: tool for tool in TOOLS}
    if not isinstance(name, str) or name not in known:
        raise UserError(
            "there is no such tool", found=quoted(name), allowed=", ".join(known), fix=nearest(str(name), known)
        )
    return known[name]
