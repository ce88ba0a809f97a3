"""Sentences as people write them into decks: true ones from the store's own answers, false ones by another number, stage, span of days, group or
metric, or by a restriction nobody can ask for. Written without the reader's lists of words."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from data.errors import UserError
from data.store.generations import Generation
from metrics.catalogue.load import catalogue
from metrics.compute.run import run
from metrics.query import context, period
from metrics.query.query import Query
from metrics.query.result import Cell

UNITS = ("rate", "points", "seconds", "hours", "score")
METRICS = (
    "completion_rate", "csat_t2b_5", "error_rate", "drop_off_rate", "contact_rate", "backtrack_rate", "rage_click_rate", "dwell_p50", "nps_transactional",
    "ces_7_mean", "action_rate", "stage_reach_rate", "unhappy_though_smooth", "first_response_p50", "promise_kept_felt",
)  # fmt: skip
LEVELS = (
    "{Label} in {stage} is {v}.",
    "In {stage}, {label} stands at {v}.",
    "{stage}: {label} {v}.",
    "Our {label} for {stage} was {v} over these weeks.",
    "{v} is what {label} comes to in {stage}.",
    "We measured {v} for {label} in {stage}, which is why we act.",
    "{label}, {stage}, {v}",
)
DATED = (
    "Between {first} and {last}, {label} in {stage} was {v}.",
    "{Label} in {stage} ({first} – {last}): {v}.",
    "From {first} to {last} {label} was {v} in {stage}.",
)
COUNTED = ("{Label} in {stage} is {v} (n = {n}).", "{stage}: {label} {v}, n {n}.")
RANGED = ("{Label} in {stage} is {v} ({low} to {high}).", "In {stage}, {label} lies between {low} and {high}.")
CHANGED = (
    "{Label} in {stage} went from {before} to {v}.",
    "In {stage}, {label} moved from {before} to {v} against the weeks before.",
)
PARTED = ("{Label} on {value} in {stage} is {v}.", "In {stage}, {label} with {value} is {v}.")
RESTRICTED = (
    "Among women, {label} in {stage} is {v}.",
    "{Label} in {stage} is {v} in Berlin.",
    "In 2019, {label} in {stage} was {v}.",
    "{Label} of new customers in {stage} is {v}.",
    "Without Mondays, {label} in {stage} is {v}.",
    "The industry average of {label} in {stage} is {v}.",
)


@dataclass(frozen=True)
class Sentence:
    """One sentence; `true` says whether every number in it is the store's."""

    text: str
    true: bool
    kind: str


def sentences(count: int, generation: Generation, seed: int = 7) -> list[Sentence]:
    """`count` sentences, every second one false, of the metrics and stages that have a value."""
    maker = Maker(generation, random.Random(seed))
    found: list[Sentence] = []
    while len(found) < count:
        made = maker.one(true=len(found) % 2 == 0)
        if made is not None:
            found.append(made)
    return found


class Maker:
    """Draws sentences; each question is asked once."""

    def __init__(self, generation: Generation, draw: random.Random) -> None:
        self.generation, self.draw = generation, draw
        self.known = context.read(generation)
        self.base = period.with_default_period(Query(()), self.known, False)
        self.journey = self.known.journeys[0]
        self.stages = self.known.stages[self.journey]
        self.cells: dict[tuple[str, str, Query], Cell | None] = {}
        rows = generation.cursor().execute("select distinct device, touch_channel from people_visits").fetchall()
        devices = [("device", row[0]) for row in rows if row[0]]
        self.parts = sorted({*devices, *(("touch_channel", row[1]) for row in rows if row[1])})

    def one(self, true: bool) -> Sentence | None:
        """A sentence, None where the draw has no value."""
        metric, stage = self.draw.choice(METRICS), self.draw.choice(self.stages)
        kinds: dict[str, Callable[[str, str, bool], str | None]] = {
            "level": self._level, "dated": self._dated, "counted": self._counted, "range": self._ranged, "change": self._changed, "part": self._parted,
        }  # fmt: skip
        if not true and self.draw.random() < 0.2:
            kind, text = "restricted", self._restricted(metric, stage)
        else:
            kind = self.draw.choice(list(kinds))
            text = kinds[kind](metric, stage, true)
        return None if text is None else Sentence(text, true, kind)

    def _cell(self, metric: str, stage: str, query: Query) -> Cell | None:
        key = metric, stage, query
        if key not in self.cells:
            try:
                cells = run(
                    replace(query, metrics=(metric,), journey=self.journey, stages=(stage,)), self.generation
                ).cells
                cell = cells[0] if len(cells) == 1 and cells[0].valued else None
            except UserError:
                cell = None
            self.cells[key] = cell
        return self.cells[key]

    def _written(self, value: float | None, metric: str, decimals: int) -> str | None:
        """A number as people write it in the metric's unit."""
        if value is None:
            return None
        unit = catalogue()[metric].unit
        if unit == "rate":
            return f"{100 * value:.{decimals}f}" + self.draw.choice((" %", "%", " percent"))
        if unit == "seconds":
            return f"{value / 60:.{max(decimals, 1)}f} minutes" if value >= 120 else f"{value:.{decimals}f} s"
        if unit == "hours":
            return f"{value:.{max(decimals, 1)}f} hours"
        return f"{value:.{max(decimals, 1) if unit == 'score' else decimals}f}"

    def _lie(self, value: float, metric: str, stage: str, query: Query, decimals: int) -> float | None:
        """Another number: one nearby, that of another stage, or of another metric of the same unit; never one that reads the same."""
        unit = catalogue()[metric].unit
        step = {"rate": 0.01, "seconds": 6.0 if value >= 120 else 1.0, "hours": 0.1, "score": 0.1}.get(unit, 1.0)
        near = value + self.draw.choice((-1, 1)) * step * self.draw.choice((2, 3, 5, 8))
        options: list[float | None] = [near]
        other = self.draw.choice(self.stages)
        options.append(getattr(self._cell(metric, other, query), "value", None))
        alike = [one for one in METRICS if catalogue()[one].unit == unit and one != metric]
        options.append(getattr(self._cell(self.draw.choice(alike), stage, query), "value", None) if alike else None)
        lie = self.draw.choice(options)
        if (
            lie is None
            or lie < 0 <= value
            or unit == "rate"
            and lie > 1
            or abs(lie - value) < 1.6 * step * (0.1 if decimals else 1)
        ):
            return None
        return lie

    def _fill(self, form: str, metric: str, stage: str, **more: str) -> str:
        label = self.draw.choice((catalogue()[metric].label, catalogue()[metric].short))
        small = label if label.isupper() or label[:3].isupper() else label[:1].lower() + label[1:]
        return form.format(Label=label, label=small, stage=stage, **more)

    def _value(self, metric: str, stage: str, query: Query, true: bool) -> tuple[str | None, Cell | None]:
        cell, decimals = self._cell(metric, stage, query), self.draw.choice((0, 0, 1))
        if cell is None or cell.value is None:
            return None, None
        value = cell.value if true else self._lie(cell.value, metric, stage, query, decimals)
        return self._written(value, metric, decimals), cell

    def _level(self, metric: str, stage: str, true: bool) -> str | None:
        said, _ = self._value(metric, stage, self.base, true)
        return said and self._fill(self.draw.choice(LEVELS), metric, stage, v=said)

    def _dated(self, metric: str, stage: str, true: bool) -> str | None:
        """The weeks before those of the default, named; a false one may bring the number of the newest weeks."""
        if self.base.start is None or self.base.end is None or self.known.first_day is None:
            return None
        length = self.base.end - self.base.start
        end = self.base.start - timedelta(days=1)
        start = max(end - length, self.known.first_day)
        query = replace(self.base, start=start, end=end, compare=None)
        said, _ = self._value(metric, stage, query, true)
        form = self.draw.choice(("{:%d %B %Y}", "{:%d %b %Y}", "{:%Y-%m-%d}"))
        if said is None:
            return None
        return self._fill(
            self.draw.choice(DATED), metric, stage, v=said, first=form.format(start), last=form.format(end)
        )

    def _counted(self, metric: str, stage: str, true: bool) -> str | None:
        cell = self._cell(metric, stage, self.base)
        said, _ = self._value(metric, stage, self.base, True)
        if said is None or cell is None:
            return None
        n = cell.n if true else cell.n + max(1, int(cell.n * self.draw.choice((0.1, 0.3, 1.0))))
        return self._fill(
            self.draw.choice(COUNTED), metric, stage, v=said, n=f"{n:,}" if self.draw.random() < 0.5 else str(n)
        )

    def _ranged(self, metric: str, stage: str, true: bool) -> str | None:
        cell = self._cell(metric, stage, self.base)
        if cell is None or cell.low is None or cell.high is None or cell.value is None:
            return None
        if catalogue()[metric].unit not in ("rate", "points"):
            return None
        shift = 0.0 if true else {"rate": 0.04}.get(catalogue()[metric].unit, 6.0)
        low, high, said = (self._written(one, metric, 0) for one in (cell.low + shift, cell.high + shift, cell.value))
        return self._fill(self.draw.choice(RANGED), metric, stage, low=str(low), high=str(high), v=str(said))

    def _changed(self, metric: str, stage: str, true: bool) -> str | None:
        cell = self._cell(metric, stage, replace(self.base, compare="previous"))
        if cell is None or cell.compare is None or cell.compare.value is None or cell.value is None:
            return None
        if catalogue()[metric].unit not in ("rate", "points"):
            return None
        then = cell.compare.value if true else self._lie(cell.compare.value, metric, stage, self.base, 1)
        before, said = self._written(then, metric, 1), self._written(cell.value, metric, 1)
        return before and self._fill(self.draw.choice(CHANGED), metric, stage, before=before, v=str(said))

    def _parted(self, metric: str, stage: str, true: bool) -> str | None:
        if not self.parts:
            return None
        name, value = self.draw.choice(self.parts)
        said, _ = self._value(metric, stage, replace(self.base, filters=((name, value),), compare=None), true)
        return said and self._fill(self.draw.choice(PARTED), metric, stage, v=said, value=value)

    def _restricted(self, metric: str, stage: str) -> str | None:
        said, _ = self._value(metric, stage, self.base, True)
        return said and self._fill(self.draw.choice(RESTRICTED), metric, stage, v=said)
