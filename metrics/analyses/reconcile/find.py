"""reconcile(query): one number from the records of the files to its value, and on to what other tools would read."""

from dataclasses import replace

from data.store.generations import Generation
from data.store.version import understood
from metrics.analyses.reconcile import readings, walk
from metrics.analyses.reconcile.model import Other, Reading, Reconciled, Step
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import definition as defined
from metrics.catalogue.load import others
from metrics.codes import Reason, ReasonCode, WarningCode, because, warn
from metrics.compute.run import run
from metrics.compute.sums import sums
from metrics.query import context
from metrics.query.context import Context
from metrics.query.query import Query, check
from metrics.query.resolve import ResolvedQuery, reopened, resolve
from metrics.query.result import Cell
from metrics.rules import applicable, privacy
from metrics.rules.access import within_rights

VISITS = ("visits", "occasions", "friction_moments", "help_visits")  # tables made of web events
# What the rows of a table are called, where its name does not say it.
UNITS = {"friction_moments": "moments", "vitals": "measurements", "verbatims": "texts", "help_visits": "help_sessions"}


@understood
@within_rights
def reconcile(query: Query, generation: Generation) -> Reconciled:
    """The one number of the query's first metric, over its journey, stages, period and filters; breakdown and comparison do not apply.
    Raises UserError for a question that cannot be asked."""
    asked = reopened(query, metrics=query.metrics[:1], by=(), compare=None, shift=None)
    check(asked)
    known = context.read(generation)
    found, resolved = defined(asked.metrics[0]), resolve(asked, known)
    (cell, *_) = run(resolved, generation).of(found.id)
    quiet = resolved.confidential or known.groups_only
    codes = [*([WarningCode.CONFIDENTIAL] if quiet else []), *([WarningCode.SIMULATED] if known.simulated else [])]
    made = Reconciled(
        resolved, found.id, cell, quiet=quiet, warnings=tuple(map(warn, codes)), generation=generation.name
    )
    if not cell.valued or cell.value is None:
        return replace(made, reasons=(("number", cell.reason or because(ReasonCode.NO_VALUE)),))
    sources = walk.sources_of(found, generation)
    made = replace(
        made,
        sources=sources,
        walk=_walk(found, resolved, cell, sources, generation, known),
        made_of=_made_of(found, resolved, generation, known),
    )
    if quiet:
        reason = because(ReasonCode.SINGLE_PERSONS_ONLY)
        return _blurred(
            replace(
                made, others=_by_definition(found, resolved, cell, generation, known), reasons=(("readings", reason),)
            )
        )
    plain, alike = _plain(found, resolved, cell, generation, known)
    return replace(made, plain=plain, alike=alike, others=_others(found, resolved, generation, known))


def _walk(
    found: Definition,
    query: ResolvedQuery,
    cell: Cell,
    sources: tuple[str, ...],
    generation: Generation,
    known: Context,
) -> tuple[Step, ...]:
    table = found.measure.table
    unit = UNITS.get(table, table)
    least = privacy.least_persons(found) if query.confidential or known.groups_only else 0
    steps = walk.records(sources, generation)
    if table in VISITS and steps:
        steps += walk.of_events(query, generation)
    lines = walk.population(found, query, generation, known)
    own = walk.own_conditions(found, query, generation, known)
    rows = [*(line for line in lines if line.code), *own]
    steps += walk.narrowing(unit, sum(line.rows for line in rows), rows, least)
    if steps[-1].left != cell.n:
        steps.append(Step(found.grain if found.measure.units else "counted", cell.n))
    return tuple(steps)


def _made_of(
    found: Definition, query: ResolvedQuery, generation: Generation, known: Context
) -> tuple[tuple[str, int], ...]:
    """What of the n makes the value: of a share those that count, of a net score each class."""
    cells, _ = sums(found, query, generation, known)
    held = cells.get(())
    if held is None or held.has("own") or not held.has("y"):
        return ()
    if found.measure.kind == "nps":
        up, down = round(held.total("p")), round(held.total("d"))
        return (("promoters", up), ("passives", held.n - up - down), ("detractors", down))
    return (("counting", round(held.total("y"))),) if found.measure.kind == "share" else ()


def _plain(
    found: Definition, query: ResolvedQuery, cell: Cell, generation: Generation, known: Context
) -> tuple[tuple[Reading, ...], tuple[str, ...]]:
    """Rule by rule to a plain count of the rows, without those that change nothing; and the names of these."""
    kept, alike, without = [Reading("", cell.value, cell.n)], [], set[str]()
    for rule in readings.rules_of(found, query, known):
        without.add(rule)
        now = readings.read(found, query, frozenset(without), generation, known)
        if (now.value, now.n) == (kept[-1].value, kept[-1].n):
            alike.append(rule)
        else:
            kept.append(Reading(rule, now.value, now.n))
    return tuple(kept), tuple(alike)


def _others(found: Definition, query: ResolvedQuery, generation: Generation, known: Context) -> tuple[Other, ...]:
    """Each other tool by its definition, then with what it leaves in."""
    told = []
    for entry, variant in others(found):
        made = Other(entry["tool"], entry["name"], entry["difference"], variant.unit if variant else found.unit)
        if variant is None or _refused(variant, query, known):
            told.append(made)
            continue
        keeps = readings.tools().get(entry["tool"], ())
        nothing: frozenset[str] = frozenset()
        own = readings.read(variant, query, nothing, generation, known)
        mine = [rule for rule in readings.rules_of(variant, query, known) if rule in keeps]
        changing = [rule for rule in mine if readings.read(variant, query, frozenset({rule}), generation, known) != own]
        as_kept = readings.read(variant, query, frozenset(mine), generation, known) if mine else own
        told.append(
            replace(
                made,
                by_definition=own.value,
                as_kept=as_kept.value,
                keeps=tuple(changing),
                known=entry["tool"] in readings.tools(),
            )
        )
    return tuple(told)


def _by_definition(
    found: Definition, query: ResolvedQuery, cell: Cell, generation: Generation, known: Context
) -> tuple[Other, ...]:
    """Of a viewer who may not see single persons: what the rules of every number let show, by definition alone."""
    told = []
    for entry, variant in others(found):
        made = Other(entry["tool"], entry["name"], entry["difference"], variant.unit if variant else found.unit)
        if variant is not None and not _refused(variant, query, known):
            theirs = run(replace(query, metrics=(found.id, variant.id)), generation).of(variant.id)
            made = replace(made, by_definition=theirs[0].value if theirs and theirs[0].valued else None)
        told.append(made)
    return tuple(told)


def _refused(variant: Definition, query: ResolvedQuery, known: Context) -> Reason | None:
    return applicable.without_right(variant, query, known.columns) or applicable.not_applicable(
        variant, query, known.columns[variant.measure.fact], known.groups_only
    )


def _blurred(made: Reconciled) -> Reconciled:
    """Counts to five, so that no two walks tell the few between them. The last is that of the number itself, as it is shown."""
    steps, before = list[Step](), None
    for place, step in enumerate(made.walk):
        last = place == len(made.walk) - 1 and made.cell is not None
        left = made.cell.n if last and made.cell else privacy.rounded(step.left)
        removed = None if step.removed is None or before is None else max(before - left, 0)
        if removed == 0 and not last:
            continue  # too small a step to be told of
        steps.append(replace(step, left=left, removed=removed))
        before = left
    made_of = tuple((name, privacy.rounded(count)) for name, count in made.made_of)
    return replace(made, walk=tuple(steps), made_of=made_of)
