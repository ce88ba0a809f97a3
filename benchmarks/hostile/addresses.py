"""Hostile strings in addresses: as every parameter a page reads, through the one codec into questions, and what a page would show of them."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from data.errors import UserError
from data.store.generations import Generation
from metrics.compute.run import run
from metrics.query import context
from report import address
from ui.session.state import frame_of
from ui.widgets.filters import account
from ui.widgets.inert import calm, inert, plain

PARAMETERS = ("xm", "xb", "j", "s", "from", "to", "c", "w", *address.FILTERS, address.OTHER)
MARKDOWN = re.compile(r"\]\(|\]\[|\]:|!\[[^\]]*\]\(|(?<!\\)[$<]|://|\bwww\.(?=\w)", re.I)
CODE = re.compile(r"`[^`\n]*`")


def shown(taken: list[str], generation: Generation) -> Iterator[tuple[str, list[str]]]:
    """(what a page says, what lives in it) of each string as a value of each parameter; questions are asked of the generation, a part
    of the strings each, and each must be answered or refused in words."""
    known = context.read(generation)
    for number, text in enumerate(taken):
        key = PARAMETERS[number % len(PARAMETERS)]
        value = f"country:{text}" if key == address.OTHER else text
        yield plain(text), list(living(plain(text)))
        if calm(text):  # it would be a chip, which reads Markdown
            yield text, list(living(text))
        said = account(
            frame_of({key: [value] if key in (*address.FILTERS, address.OTHER, "s") else value}, known), known
        )
        yield inert(said), list(living(inert(said)))
        try:
            asked = address.decode(
                f"explore?{urlencode([('v', address.VERSION), ('xm', 'completion_rate'), (key, value)])}"
            )
            run(asked.query, generation)
        except UserError as error:
            yield inert(f"{error}"), list(living(inert(f"{error}")))


def living(text: str) -> Iterator[str]:
    """What of a Markdown text would be a link, an image, a formula or a tag."""
    if found := MARKDOWN.search(CODE.sub("", text)):
        yield f"{found[0]!r} lives in {text[max(found.start() - 20, 0) : found.end() + 20]!r}"
