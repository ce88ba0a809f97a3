"""A number's walk and its other readings in words."""

from typing import Any

from metrics.analyses.reconcile.model import Because, Other, Reading, Reconciled, Step
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import DIMENSIONS
from metrics.catalogue.load import definition
from metrics.rules.privacy import least_persons
from report import numbers
from report.sheets.falls import Fall, Falls
from report.sheets.sheet import Sheet, Sheets, caveats, refused, sentence
from report.text.catalogue import say
from report.words import words
from report.words.reasons import reason_text

FORMS = ("walk", "plain_count", "other_readings")


def sheets_of(found: Reconciled) -> Sheets:
    """What can be told, and why the rest cannot."""
    metric = definition(found.metric)
    reasons = dict(found.reasons)
    names = {"metric": metric.label, "where": _where(found)}
    standfirst = say(
        "reconcile.page.standfirst", span=words.span(found.query.start, found.query.end), filters=_filters(found)
    )
    if not found.walk or found.cell is None:
        told = (refused("walk", reasons.get("number")),)
        return Sheets(
            "reconcile", found.query, say("reconcile.page.no_number", **names), standfirst, told, found.warnings
        )
    sheets = (
        _walk(found, metric),
        _plain(found, metric) if found.plain else _withheld(reason_text(reasons.get("readings"))),
        *([_others(found, metric)] if found.others else []),
    )
    return Sheets("reconcile", found.query, _title(found, metric, names), standfirst, sheets, found.warnings)


def _title(found: Reconciled, metric: Definition, names: dict[str, str]) -> str:
    assert found.cell is not None
    last = found.walk[-1]
    told = names | {
        "value": words.value(found.cell.value, metric),
        "n": say("reconcile.page.of", n=numbers.whole(last.left), unit=_unit("short", last.unit)),
    }
    if found.walk[0].unit != "records":
        return say("reconcile.page.title_without_files", **told)
    return say("reconcile.page.title", **told, records=numbers.whole(found.walk[0].left))


def _where(found: Reconciled) -> str:
    stages = found.query.stages
    return say("reconcile.page.in_stages", stages=words.listed(list(stages))) if stages else ""


def _filters(found: Reconciled) -> str:
    return "".join(f" · {DIMENSIONS.get(name, name)} {value}" for name, value in found.query.filters)


def _unit(group: str, unit: str) -> str:
    return say(f"reconcile.{group}.{unit.replace(' ', '_')}")


def _walk(found: Reconciled, metric: Definition) -> Sheet:
    assert found.cell is not None
    rows = [_row(found, place) for place in range(len(found.walk))]
    rows += [
        (
            say("reconcile.walk.made_of", name=say(f"reconcile.class.{name}", short=metric.short)),
            numbers.NONE,
            numbers.whole(count),
        )
        for name, count in found.made_of
    ]
    interval = numbers.interval(found.cell.low, found.cell.high, metric.unit)
    rows.append((say("reconcile.walk.value", interval=interval), numbers.NONE, words.value(found.cell.value, metric)))
    chain = _chain(found.walk)
    return Sheet(
        "walk",
        "walk",
        _walk_title(found, chain),
        say("reconcile.walk.what"),
        (say("reconcile.walk.step"), say("reconcile.walk.out"), say("reconcile.walk.left")),
        tuple(rows),
        (*(_record(step) for step in found.walk), *({"counted": name, "left": count} for name, count in found.made_of),
         {"counted": "value", "left": found.cell.n, "value": found.cell.value, "low": found.cell.low, "high": found.cell.high}),
        _walk_foot(found, metric),
        falls=_counts(chain),
    )  # fmt: skip


def _row(found: Reconciled, place: int) -> tuple[str, str, str]:
    step = found.walk[place]
    if step.removed is None:
        return _first(found, place), numbers.NONE, numbers.whole(step.left)
    text = words.capitalised(_because(step.because))
    text = say("reconcile.walk.store", text=text) if step.by_store else text
    return text, numbers.whole(step.removed), numbers.whole(step.left)


def _first(found: Reconciled, place: int) -> str:
    """The line from which something is counted first."""
    step = found.walk[place]
    unit = _unit("unit", step.unit)
    if step.unit == "records":
        return say("reconcile.walk.first", unit=unit, sources=words.listed(list(found.sources)))
    if step.by_store:
        return say("reconcile.walk.store", text=unit)
    again = any(not one.by_store for one in found.walk[:place])
    return say("reconcile.walk.counted", unit=unit) if again else say("reconcile.walk.first_rows", unit=unit)


def _because(reasons: tuple[Because, ...]) -> str:
    return words.listed([_reason(one) for one in reasons])


def _reason(one: Because) -> str:
    kind, _, dimension = one.code.partition(":")
    return say(f"reconcile.because.{kind}", said=one.said, dimension=DIMENSIONS.get(dimension, dimension))


def _chain(walk: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps of the question's own rows, from the period on where it is one: what can be drawn on one scale."""
    own = [step for step in walk if not step.by_store]
    unit = own[0].unit
    same = [step for step in own if step.unit == unit]
    period = next((at for at, step in enumerate(same) if any(one.code == "outside_period" for one in step.because)), 0)
    return tuple(same[period:])


def _walk_title(found: Reconciled, chain: tuple[Step, ...]) -> str:
    taken = [step for step in chain[1:] if step.removed]
    first, last = chain[0], chain[-1]
    unit = _unit("short", first.unit)
    if not taken:
        return say("reconcile.walk.title_same", n=numbers.whole(last.left), unit=unit)
    top = max(taken, key=lambda step: step.removed or 0)
    most = (
        say("reconcile.walk.most", because=_because(top.because))
        if (top.removed or 0) * 2 > first.left - last.left
        else ""
    )
    told = {"first": numbers.whole(first.left), "unit": unit, "n": numbers.whole(last.left), "most": most}
    return say("reconcile.walk.title", **told) if found.query.start else say("reconcile.walk.title_all", **told)


def _counts(chain: tuple[Step, ...]) -> Falls | None:
    if len(chain) < 2:
        return None
    first, last = chain[0], chain[-1]
    unit = words.capitalised(_unit("short", first.unit))
    falls = [Fall(unit, 0, first.left, numbers.whole(first.left), total=True)]
    falls += [
        Fall(words.capitalised(_because(step.because)), step.left + step.removed, step.left, f"{numbers.MINUS}{numbers.whole(step.removed)}")
        for step in chain[1:]
        if step.removed
    ]  # fmt: skip
    falls.append(Fall(say("reconcile.walk.left_over"), 0, last.left, numbers.whole(last.left), total=True))
    return Falls("count", tuple(falls), zero=True)


def _walk_foot(found: Reconciled, metric: Definition) -> str:
    pooled = any(len(step.because) > 1 for step in found.walk)
    return sentence(
        [
            say("reconcile.walk.foot_store") if any(step.by_store for step in found.walk) else "",
            say("reconcile.walk.foot_repeated") if found.walk[0].unit == "records" else "",
            say("reconcile.walk.foot_few", least=least_persons(metric)) if pooled else "",
            say("reconcile.walk.foot_quiet") if found.quiet else "",
            caveats(found.warnings),
        ]
    )


def _record(step: Step) -> dict[str, Any]:
    return {
        "counted": step.unit,
        "because": "; ".join(f"{one.code} {one.said}".strip() for one in step.because) or None,
        "taken_out": step.removed,
        "left": step.left,
        "whole_store": step.by_store,
    }


def _withheld(why: str) -> Sheet:
    return Sheet("plain_count", "plain_count", say("reconcile.plain.withheld"), why)


def _plain(found: Reconciled, metric: Definition) -> Sheet:
    first, last = found.plain[0], found.plain[-1]
    rows, records, before = [], [], None
    for reading in found.plain:
        gap = _gap(before, reading, metric)
        rows.append((_rule(reading), numbers.whole(reading.n), words.value(reading.value, metric), gap))
        records.append({"left_out": reading.rule or None, "n": reading.n, "value": reading.value})
        before = reading
    alike = [say(f"reconcile.rule.{rule}") for rule in found.alike]
    title = say("reconcile.plain.title_same")
    if len(found.plain) > 1:
        title = say(
            "reconcile.plain.title", value=words.value(last.value, metric), gap=_beside(first.value, last.value, metric)
        )
    return Sheet(
        "plain_count",
        "plain_count",
        title,
        say("reconcile.plain.what"),
        (say("reconcile.plain.rule"), say("reconcile.plain.counted_on"), say("reconcile.plain.reads"), say("reconcile.plain.difference")),
        tuple(rows),
        tuple(records),
        sentence([say("reconcile.plain.alike", rules=words.listed(alike)) if alike else "", say("reconcile.plain.foot")]),
        falls=_readings(found, metric),
    )  # fmt: skip


def _rule(reading: Reading) -> str:
    return words.capitalised(say(f"reconcile.rule.{reading.rule or 'ours'}"))


def _gap(before: Reading | None, now: Reading, metric: Definition) -> str:
    if before is None or before.value is None or now.value is None:
        return numbers.NONE
    return numbers.difference(now.value - before.value, metric.unit, plus=True, digits=_digits(metric))


def _digits(metric: Definition) -> int | None:
    return 1 if metric.unit == "points" else None


def _beside(ours: float | None, theirs: float | None, metric: Definition) -> str:
    if ours is None or theirs is None or words.value(ours, metric) == words.value(theirs, metric):
        return say("reconcile.plain.equal")
    size = numbers.difference(abs(theirs - ours), metric.unit, digits=_digits(metric))
    return say("reconcile.plain.above", size=size) if theirs > ours else say("reconcile.plain.below", size=size)


def _readings(found: Reconciled, metric: Definition) -> Falls | None:
    values = [(reading, reading.value) for reading in found.plain if reading.value is not None]
    if len(values) < 2 or len(values) < len(found.plain) or found.cell is None:
        return None
    first, last = values[0], values[-1]
    falls = [Fall(_rule(first[0]), first[1], first[1], words.value(first[1], metric), total=True)]
    falls += [
        Fall(_rule(now), before, value, _gap(earlier, now, metric))
        for (earlier, before), (now, value) in zip(values, values[1:])
    ]
    falls.append(Fall(say("reconcile.plain.plain_count"), last[1], last[1], words.value(last[1], metric), total=True))
    return Falls(metric.unit, tuple(falls), False, found.cell.low, found.cell.high)


def _others(found: Reconciled, metric: Definition) -> Sheet:
    assert found.cell is not None
    ours = found.cell.value
    rows = tuple(_other(one, ours, metric) for one in found.others)
    records = tuple(
        {"tool": one.tool, "name": one.name, "unit": one.unit, "by_definition": one.by_definition, "with_what_it_leaves_in": one.as_kept,
         "leaves_in": "; ".join(one.keeps) or None, "difference": one.difference}
        for one in found.others
    )  # fmt: skip
    return Sheet(
        "other_readings",
        "other_readings",
        _others_title(found, metric),
        say("reconcile.others.what"),
        (say("reconcile.others.tool"), say("reconcile.others.by_definition"), say("reconcile.others.as_kept"), say("reconcile.others.beside"), say("reconcile.others.why")),
        rows,
        records,
        say("reconcile.others.foot"),
    )  # fmt: skip


def _others_title(found: Reconciled, metric: Definition) -> str:
    """The first of those named whose number is another, on the same scale."""
    assert found.cell is not None and found.cell.value is not None
    ours = found.cell.value
    told = [(one, _final(one)) for one in found.others if one.unit == metric.unit]
    apart = [
        (one, value)
        for one, value in told
        if value is not None and words.value(value, metric) != words.value(ours, metric)
    ]
    if not apart:
        return say("reconcile.others.title_same")
    one, value = apart[0]
    return say(
        "reconcile.others.title",
        tool=words.capitalised(one.tool),
        value=words.value(value, metric),
        ours=words.value(ours, metric),
    )


def _final(one: Other) -> float | None:
    return one.by_definition if one.as_kept is None else one.as_kept


def _other(one: Other, ours: float | None, metric: Definition) -> tuple[str, ...]:
    name = f"{words.capitalised(one.tool)}: {one.name}"
    if one.by_definition is None:
        return name, say("reconcile.others.in_words"), numbers.NONE, numbers.NONE, words.as_sentence(one.difference)
    kept = numbers.NONE if one.as_kept is None else numbers.value(one.as_kept, one.unit)
    return (
        name,
        numbers.value(one.by_definition, one.unit),
        kept,
        _gap_of(one, ours, metric),
        words.as_sentence(_differs(one)),
    )


def _gap_of(one: Other, ours: float | None, metric: Definition) -> str:
    theirs = _final(one)
    if one.unit != metric.unit or ours is None or theirs is None:
        return say("reconcile.others.another_scale")
    if words.value(theirs, metric) == words.value(ours, metric):
        return say("reconcile.others.same")
    return numbers.difference(theirs - ours, metric.unit, plus=True, digits=_digits(metric))


def _differs(one: Other) -> str:
    if one.as_kept is None:
        return one.difference
    if not one.known:
        return say("reconcile.others.not_known", difference=one.difference)
    if not one.keeps:
        return say("reconcile.others.alike_here", difference=one.difference)
    rules = words.listed([say(f"reconcile.rule.{rule}") for rule in one.keeps])
    return say("reconcile.others.leaves_in", difference=one.difference, rules=rules)
