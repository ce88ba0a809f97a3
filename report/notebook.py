"""The metric layer in a notebook: open a store, ask, get a DataFrame. The same pipeline as every view; nothing is computed here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from data.errors import UserError
from data.store.generations import Generation, open_generation
from metrics.analyses.case.case import case_of
from metrics.analyses.case.worth import worth
from metrics.analyses.causes.find import causes as find_causes
from metrics.analyses.causes.find import standing_query
from metrics.analyses.channels import ChannelComparison, compare_channels
from metrics.catalogue.load import catalogue
from metrics.codes import Beside, Note, NoteCode, Reason, ReasonCode, Warning, WarningCode
from metrics.query import context, period
from metrics.query.filter_values import joined, parts
from metrics.query.query import Query, Rights
from metrics.query.result import Cell, Result, State
from metrics.rules.access import Identity, access_file, look, rights_file, viewed
from report import numbers
from report.answers.asking import answer_with_verdicts, with_others
from report.answers.tabular import table
from report.cases import tables as case_tables
from report.rows.causes import rows as cause_rows
from report.rows.cells import flat
from report.rows.channels import rows
from report.words import cause_words
from report.words.besides import beside_name, beside_note, beside_text
from report.words.reasons import reason_text
from report.words.warnings import note_text, warning_text

if TYPE_CHECKING:
    import polars

Names = str | Sequence[str]


class ResultTable(Result):
    """A Result that hands its cells on as a table: one row a cell."""

    def to_pandas(self) -> pd.DataFrame:
        """The DataFrame of `Metrics.show`."""
        frame = pd.DataFrame(flat(self))
        for name in ("value", "low", "high", "diff", "diff_low", "diff_high", "p", "q", "normal", "could_see", "power"):
            if name in frame:
                frame[name] = frame[name].astype(float)
        hidden = frame["state"].isin((State.SUPPRESSED, State.REFUSED))
        for name in ("n", "persons"):
            frame[name] = frame[name].astype("Int64").mask(hidden)
        return frame

    def to_arrow(self) -> pa.Table:
        """An Arrow table of fixed columns (docs/SPREADSHEETS.md): value, interval, n, state, reason, unit, the change, version and
        generation. What is withheld has no count."""
        return table(self)

    def to_polars(self) -> "polars.DataFrame":
        """The same as a polars DataFrame. Raises UserError where polars is not installed, for it is no requirement."""
        try:
            import polars
        except ModuleNotFoundError:
            raise UserError("polars is not installed", fix="pip install polars") from None
        found = polars.from_arrow(table(self))
        assert isinstance(found, polars.DataFrame)
        return found


class Metrics:
    """One generation of a store: numbers do not change while it is open; open again to see a newer one."""

    def __init__(self, store: str | Path, viewer: str | Rights | None = None, access: str | Path | None = None) -> None:
        whole = open_generation(Path(store))
        self.generation = whole if viewer is None else viewed(whole, _rights(viewer, whole, access))

    def ask(
        self,
        metric: Names,
        by: Names = (),
        *,
        start: str | date | None = None,
        end: str | date | None = None,
        compare: str | None = None,
        where: Mapping[str, Names] | None = None,
        journey: str | None = None,
        as_others: bool = False,
        level: float = 0.95,
        all_data: bool = False,
    ) -> "ResultTable":
        """The Result, with definitions, warnings and SQL; what must be said of its cells in words. `where` maps a dimension to one
        value or several. Without `start` and `end` the default period of every view, the last 13 complete weeks as a rule; `all_data` asks for everything, undated rows too.

        Raises data.errors.UserError, a sentence, for what cannot be asked.
        """
        metrics = _names(metric)
        if as_others:
            metrics = with_others(metrics)
        stages, filters = _filters(where)
        query = Query(metrics, journey, stages, _day(start), _day(end), compare, filters, _names(by), level=level)
        result = answer_with_verdicts(
            period.with_default_period(query, context.read(self.generation), all_data), self.generation
        )
        worded = replace(result, cells=tuple(map(_cell, result.cells)), warnings=_all_worded(result.warnings))
        return ResultTable(**{one.name: getattr(worded, one.name) for one in fields(Result)})

    def show(self, metric: Names, by: Names = (), **more: Any) -> pd.DataFrame:
        """One row a cell: metric, the breakdown's columns, from, to, value, low, high, n, persons, state, reason, and with `compare`
        diff, diff_low, diff_high, p, q, standing (how the change stands among all, or why it is not judged), could_see (the size of one that would
        have been told four times in five), power (how surely one of what matters would have been). Rates 0–1, NPS −100…100, durations in seconds. Without a value: missing, and why in `reason`."""
        return self.ask(metric, by, **more).to_pandas()

    def ask_channels(
        self,
        metric: str,
        stage: str | None = None,
        *,
        start: str | date | None = None,
        end: str | date | None = None,
        where: Mapping[str, Names] | None = None,
        journey: str | None = None,
        level: float = 0.95,
        all_data: bool = False,
    ) -> ChannelComparison:
        """The touch channels of one metric and stage at the same task, with everything a reader may ask of the comparison. Without a
        period that of the Journey: the default period, and for what people were asked at least two years of answers up to its end."""
        stages, filters = _filters(where)
        query = Query(
            (metric,), journey, (stage,) if stage else stages, _day(start), _day(end), None, filters, level=level
        )
        made = compare_channels(period.of_channels(query, context.read(self.generation), all_data), self.generation)
        channels = tuple(replace(channel, reason=_worded(channel.reason)) for channel in made.channels)
        return replace(made, channels=channels, refused=_worded(made.refused), warnings=_all_worded(made.warnings))

    def channels(self, metric: str, stage: str | None = None, **more: Any) -> pd.DataFrame:
        """One row a channel: as measured, standardised to one mix (value, low, high), the difference to the largest channel, and
        its standing: better, worse, equivalent, cannot tell, not compared. Units as in show()."""
        return pd.DataFrame(rows(self.ask_channels(metric, stage, **more)))

    def causes(
        self,
        stage: str,
        *,
        start: str | date | None = None,
        end: str | date | None = None,
        where: Mapping[str, Names] | None = None,
        journey: str | None = None,
        all_data: bool = False,
    ) -> pd.DataFrame:
        """One row a cause of unhappiness in a stage, strongest first, as `metrics causes`; none where nothing holds, and `attrs` says why
        (`finding`). Differences are shares (0.19 = 19 points). Without a period the year to the end of the default one."""
        stages, filters = _filters(where)
        known = context.read(self.generation)
        query = Query((), journey, (stage, *stages), _day(start), _day(end), filters=filters)
        filled = period.with_default_period(query, known, all_data)
        made = find_causes(filled if start or end or all_data else standing_query(filled, known), self.generation)
        frame = pd.DataFrame(cause_rows(made))
        frame.attrs["finding"] = cause_words.title(made)
        return frame

    def value(self, case: Mapping[str, Any]) -> dict[str, Any]:
        """What a business case is worth, as `metrics value --format json`; `case` holds the keys of a CASE.toml (docs/BUSINESS-CASE.md)."""
        known = context.read(self.generation)
        with numbers.written_as(known.locale, known.currency):
            return case_tables.record(worth(case_of(dict(case), "case"), self.generation))

    def list(self) -> pd.DataFrame:
        """Every metric: id, label, lens, side, unit, better, sentence."""
        return pd.DataFrame(
            [
                {name: getattr(d, name) for name in ("id", "label", "lens", "side", "unit", "better", "sentence")}
                for d in catalogue().values()
            ]
        )


def _rights(viewer: str | Rights, whole: Generation, access: str | Path | None) -> Rights:
    """What a viewer may see; an address without an access.toml sees what rights.toml gives, as on the pages."""
    if isinstance(viewer, Rights):
        return viewer
    file = Path(access) if access else access_file()
    if access and not file.exists():
        raise UserError("there is no such file", file=file, fix="Write access.toml (docs/RIGHTS.md)")
    return look(Identity(email=viewer), context.read(whole).simulated, rights_file(), file).rights


class Sentence(str):
    """A reason, warning or note in words that still knows its code and numbers, as those of metrics.codes do."""

    code: ReasonCode | WarningCode | NoteCode
    numbers: dict[str, Any]


@dataclass(frozen=True)
class WordedBeside(Beside):
    """A number beside another with its words: what it is called, what is assumed, the whole as people read it."""

    name: str = ""
    note: str = ""
    text: str = ""


def _worded(coded: Reason | Warning | Note | None) -> Any:
    """What a notebook reads: the sentence, or None."""
    if coded is None:
        return None
    words = reason_text(coded) if isinstance(coded, Reason) else _said(coded)
    sentence = Sentence(words)
    sentence.code, sentence.numbers = coded.code, coded.numbers
    return sentence


def _said(coded: Warning | Note) -> str:
    return warning_text(coded) if isinstance(coded, Warning) else note_text(coded)


def _all_worded(warnings: tuple[Warning, ...]) -> Any:
    return tuple(_worded(one) for one in warnings)


def _cell(cell: Cell) -> Cell:
    """The cell with every sentence in words."""
    other = cell.compare and replace(
        cell.compare, note=_worded(cell.compare.note), standing=_worded(cell.compare.standing)
    )
    beside = tuple(
        WordedBeside(
            one.code,
            one.value,
            one.low,
            one.high,
            one.unit,
            one.numbers,
            name=beside_name(one),
            note=beside_note(one),
            text=beside_text(one),
        )
        for one in cell.beside
    )
    reason, warnings = _worded(cell.reason), _all_worded(cell.warnings)
    return replace(cell, reason=reason, compare=other, warnings=warnings, beside=beside)


def _names(given: Names, split: bool = True) -> tuple[str, ...]:
    if isinstance(given, str):
        return tuple(part.strip() for part in parts(given) if part.strip()) if split else (given,)
    return tuple(given)


def _filters(where: Mapping[str, Names] | None) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The stages of a `where`, and its other filters as a Query holds them."""
    filters = {name: _names(value, split=False) for name, value in (where or {}).items()}
    stages = filters.pop("stage", ())
    return stages, tuple((name, joined(values)) for name, values in filters.items())


def _day(given: str | date | None) -> date | None:
    return date.fromisoformat(given) if isinstance(given, str) else given
