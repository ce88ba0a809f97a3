"""The part of a generation that a viewer's rights let see. Every question asks a generation, so this is where rights are kept to.

Numbers, normal ranges, weights and thresholds are then made of the seen rows alone. What stays everybody's: facts the build wrote into
a row (which answer decides, the weight of a matched moment, whether a ticket followed), breaks in what is recorded, the first and last day, and
the questions about loaded records.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from data.errors import UserError
from data.store.generations import Generation
from data.store.narrowed import Grant as Part
from data.store.narrowed import Narrowed, narrowed
from data.store.opened import GROUPS, PERSONS_TOO
from metrics.query.query import Grant, Query, Rights

P = ParamSpec("P")
T = TypeVar("T")


class NothingGranted(UserError):
    """A viewer may see nothing of what is asked."""


@dataclass(frozen=True)
class Seen(Narrowed):
    """A generation as somebody sees it, with the rights by which they do, and the whole of it for another right."""

    rights: Rights = Rights()
    beside: Generation | None = None  # what the same viewer sees on all pages together, where that is more than here


def seen(generation: Generation, rights: Rights) -> Generation:
    """The generation as these rights let see it. One that is seen by somebody already stays theirs: a question can ask for less of
    the metrics, never for more rows. Raises NothingGranted where nothing of it may be seen."""
    if isinstance(generation, Seen):
        if rights.metrics == generation.rights.metrics:
            return generation
        return replace(generation, rights=replace(generation.rights, metrics=rights.metrics))
    return generation if rights == Rights() else viewed(generation, rights)


def viewed(generation: Generation, rights: Rights) -> Generation:
    """The generation as somebody looks at it who does not hold the store: as `seen`, and few people stay hidden from any two
    questions unless single persons may be seen in every row (metrics/rules/disclosure)."""
    if rights.grants == ():
        raise NothingGranted("no group shows you this", fix="Whoever keeps access.toml can say what you may see")
    part = generation if rights.grants is None else narrowed(generation, tuple(_part(grant) for grant in rights.grants))
    if part is not generation and not _named(part, "cfg_journeys"):
        raise NothingGranted(
            "your groups show nothing of this store", fix="Whoever keeps access.toml can say what you may see"
        )
    wide = rights.elsewhere()
    beside = viewed(generation, wide) if wide else None
    return Seen(
        part.name,
        part.path,
        part.connection,
        part.trouble,
        seen=f"{part.seen} of {beside.seen or 'all'}" if beside else part.seen,
        shows=PERSONS_TOO if rights.persons_everywhere else GROUPS,
        grants=part.grants if isinstance(part, Narrowed) else None,
        whole=generation,
        rights=rights,
        beside=beside,
    )


def _named(part: Generation, table: str) -> bool:
    return part.cursor().execute(f"select 1 from {table} limit 1").fetchone() is not None


def _part(grant: Grant) -> Part:
    return Part(grant.journeys, grant.stages, grant.segments, grant.regions, grant.comments)


def rights_of(generation: Generation) -> Rights:
    """By which rights a generation is seen; without any of them by those of who has the store itself."""
    return generation.rights if isinstance(generation, Seen) else Rights()


def beside(generation: Generation) -> bool:
    """Whether the same viewer sees more rows on other pages than here."""
    return isinstance(generation, Seen) and generation.beside is not None


def again(generation: Generation, rights: Rights) -> Generation:
    """The same generation as other rights let see it."""
    return viewed(generation.whole if isinstance(generation, Seen) and generation.whole else generation, rights)


def for_export(generation: Generation) -> Generation:
    """The generation of which files may be made: the rows of the groups that may. Raises UserError where none may."""
    rights = rights_of(generation)
    if not rights.may("exports"):
        raise UserError("files are made only by who has the right to: exports of access.toml")
    return generation if rights.grants is None else again(generation, rights.doing("exports"))


def for_persons(generation: Generation, rights: Rights) -> Generation:
    """The generation of which one person's path may be shown. Raises UserError where none may."""
    if not rights.see_persons:
        raise UserError("one person's path is shown only to who has the right see_persons")
    own = rights if rights.grants is not None else rights_of(generation)
    return generation if own.grants is None else again(generation, own.doing("persons"))


def within_rights(ask: Callable[P, T]) -> Callable[P, T]:
    """A question of a query and a generation is answered from what the query's rights let see, and carries those it is answered by."""

    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        given: list[Any] = list(args)
        place = next(i for i, one in enumerate(given) if isinstance(one, Generation))
        asked_by = next(i for i, one in enumerate(given) if isinstance(one, Query))
        given[place] = seen(given[place], given[asked_by].rights)
        if given[asked_by].rights != (rights := rights_of(given[place])):
            given[asked_by] = replace(given[asked_by], rights=rights)
        return ask(*given, **kwargs)

    return asked
