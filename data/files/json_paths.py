"""Where in a JSON document a value stands, as a company writes it: `properties.$browser`, `answers[0].text`,
`answers[field.ref=nps].number`, `tags[*].name`, and a value made of others: `{visitor}.{session}`."""

import re
from collections.abc import Callable
from dataclasses import dataclass

PART = re.compile(
    r'"([^"]*)"|((?:[^."\[]|"(?!$)|\[(?!-?\d+\]|\*?\]|[^\[\]=]+=[^\[\]]*\]))+)|\[(-?\d+|\*?|[^\[\]=]+=[^\[\]]*)\]|\.'
)
TEMPLATE = re.compile(r"\{([^{}]+)\}")
MOST_STEPS = 40  # deeper than any export; a path is also bounded by this


@dataclass(frozen=True)
class Step:
    """One step down: a `key`, a `place` in a list (-1 the last), every item, or the first item whose `where` is `equals`."""

    key: str | None = None
    place: int | None = None
    where: str | None = None
    equals: str = ""

    @property
    def pointer(self) -> str:
        """The step in the engine's own path notation; every item where it has nothing."""
        if self.key is not None:
            return '."' + self.key.replace('"', "") + '"'
        if self.place is not None:
            return f"[{self.place}]" if self.place >= 0 else f"[#{self.place}]"
        return "[*]"


def steps_of(path: str) -> list[Step]:
    """The steps of a path; brackets that hold neither a place nor `key=value` belong to a key's name."""
    found: list[Step] = []
    for quoted, key, inside in (match.groups() for match in PART.finditer(path)):
        if quoted is not None or key:
            found.append(Step(key=quoted if quoted is not None else key.strip()))
        elif inside is None:
            continue
        elif re.fullmatch(r"-?\d+", inside):
            found.append(Step(place=int(inside)))
        elif "=" in inside:
            where, _, equals = inside.partition("=")
            found.append(Step(where=where.strip(), equals=equals.strip().strip("'\"")))
        else:
            found.append(Step())
    return found[:MOST_STEPS]


def text_at(document: str, path: str) -> str:
    """SQL of the text at `path` of the JSON expression `document`; a key of the whole name comes first."""
    steps = steps_of(path)
    placed = [
        Step(place=int(step.key)) if step.key and step.key.isdigit() and number else step
        for number, step in enumerate(steps)
    ]
    routes = dict.fromkeys([_walk(document, [Step(key=path)]), _walk(document, steps), _walk(document, placed)])
    return next(iter(routes)) if len(routes) == 1 else f"coalesce({', '.join(routes)})"


def opened_at(document: str, path: str) -> str | None:
    """The same where a value on the way is itself JSON written as text (twice encoded); None for a path of one step."""
    steps = steps_of(path)
    routes = [_walk(f"try_cast({_walk(document, steps[:cut])} as json)", steps[cut:]) for cut in range(1, len(steps))]
    return f"coalesce({', '.join(routes)})" if len(routes) > 1 else next(iter(routes), None)


def _walk(document: str, steps: list[Step]) -> str:
    pointer = "$"
    for step in steps:
        if step.where is None:
            pointer += step.pointer
            continue
        inner = "$" + "".join(part.pointer for part in steps_of(step.where))
        document = (
            f"list_filter(json_extract({document}, {literal(pointer + '[*]')}), "
            f"lambda item: json_extract_string(item, {literal(inner)}) = {literal(step.equals)})[1]"
        )
        pointer = "$"
    found = f"json_extract_string({document}, {literal(pointer)})"
    return f"nullif(cast(to_json({found}) as varchar), '[]')" if "[*]" in pointer else found


def is_template(text: str) -> bool:
    """Whether a mapped column is made of others: `{a}` anywhere in it."""
    return bool(TEMPLATE.search(text))


def template_parts(text: str) -> list[str]:
    """The columns a template names."""
    return TEMPLATE.findall(text)


def made_of(text: str, lookup: Callable[[str], str | None], whole: bool) -> str:
    """SQL of a template. `whole`: nothing where one of its parts is empty (half an id is nobody's id); else what there is.

    Every column it names must be known to `lookup`.
    """
    pieces, at = [], 0
    for match in TEMPLATE.finditer(text):
        pieces += [(literal(text[at : match.start()]), False)] if match.start() > at else []
        pieces.append((f"nullif(trim({lookup(match[1])}), '')", True))
        at = match.end()
    pieces += [(literal(text[at:]), False)] if at < len(text) else []
    columns = [sql for sql, column in pieces if column]
    joined = " || ".join(sql if whole or not column else f"coalesce({sql}, '')" for sql, column in pieces)
    return joined if whole else f"case when coalesce({', '.join(columns)}) is not null then trim({joined}) end"


def literal(text: str) -> str:
    """Text as an SQL literal: a path has to be one, so that the engine reads it once and not for each record."""
    return "'" + text.replace("'", "''") + "'"
