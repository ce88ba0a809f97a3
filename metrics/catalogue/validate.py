"""A definition is checked when it is loaded, field by field, so that a slip is one clear sentence and never a wrong number."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import duckdb

from data.errors import UserError, check_keys, nearest
from metrics.catalogue.dimensions import DIMENSIONS
from metrics.statistics.levels.pair import Pair

ROOT = Path(__file__).parents[1] / "sql"
TEXTS = (
    "id",
    "label",
    "short",
    "population",
    "grain",
    "sentence",
    "formula",
    "interval",
    "estimand",
    "goal",
    "signal",
    "source",
    "suggested_question",
)
MEASURE_TEXTS = ("value", "where", "units", "vote", "vote_order", "field")
OTHER_KEYS = ("tool", "name", "difference", "measure", "unit", "interval")
HEART = ("H", "E", "A", "R", "T")


def check(
    spec: dict[str, Any],
    measure: dict[str, Any],
    file: str,
    measure_keys: tuple[str, ...],
    units: tuple[str, ...],
    kinds: tuple[str, ...],
) -> None:
    """Everything beyond the keys themselves. Raises UserError naming file, key, what was found and what is allowed."""
    _texts(spec, TEXTS, file, "")
    _texts(measure, tuple(key for key in MEASURE_TEXTS if key != "vote"), file, "[measure] ")
    if not spec["sentence"].rstrip().endswith("."):
        raise UserError(
            "the sentence does not end with a full stop", file=file, where="sentence", found=repr(spec["sentence"])
        )
    _numbers(spec, file)
    for key, allowed in (("scope", ("stage", "journey")), ("heart", HEART)):
        if key in spec and spec[key] not in allowed:
            raise UserError(f"unknown {key}", file=file, found=repr(spec[key]), allowed=", ".join(allowed))
    _measure(measure, file)
    known = spec.get("also_known_as", [])
    if not isinstance(known, list) or not all(isinstance(entry, dict) for entry in known):
        raise UserError(
            "also_known_as is of another type",
            file=file,
            found=repr(known),
            allowed="a list of { tool, name, difference }",
        )
    for entry in known:
        _other(entry, measure, file, measure_keys, units, kinds)


def _texts(spec: dict[str, Any], keys: tuple[str, ...], file: str, where: str) -> None:
    for key in keys:
        if key in spec and not (isinstance(spec[key], str) and spec[key].strip()):
            raise UserError(
                f"{key} is empty" if spec[key] == "" else f"{key} is of another type",
                file=file,
                where=f"{where}{key}",
                found=repr(spec[key]),
                allowed="a text",
            )


def _numbers(spec: dict[str, Any], file: str) -> None:
    """How wide is plain, and how much matters, are above nothing; counts are whole."""
    for key in ("precise", "usual_spread", "matters"):
        if key in spec and (isinstance(spec[key], bool) or spec[key] <= 0):
            raise UserError(
                f"{key} is not above 0",
                file=file,
                where=key,
                found=repr(spec[key]),
                allowed="a number above 0, in the metric's unit",
            )
    for key in ("min_n", "version"):
        if key in spec and (not isinstance(spec[key], int) or isinstance(spec[key], bool) or spec[key] < 1):
            raise UserError(
                f"{key} is not a whole number from 1", file=file, where=key, found=repr(spec[key]), allowed="1, 2, 3 …"
            )


def _measure(measure: dict[str, Any], file: str) -> None:
    if measure.get("kind") == "exposure" and measure.get("field") == "lost":
        raise UserError(
            "what would be missed has a kind of its own",
            file=file,
            where="[measure] field",
            found='kind = "exposure", field = "lost"',
            allowed='kind = "margin_lost"',
            fix="It looks forward from all who answered",
        )
    for name in measure.get("requires", ()):
        if name not in DIMENSIONS:
            raise UserError(
                "there is no such dimension",
                file=file,
                where="[measure] requires",
                found=repr(name),
                allowed=", ".join(DIMENSIONS),
                fix=nearest(str(name), DIMENSIONS),
            )
    if not all(isinstance(signal, str) and signal for signal in measure.get("needs", ())):
        raise UserError(
            "needs is a list of signals",
            file=file,
            where="[measure] needs",
            found=repr(measure["needs"]),
            allowed='such as ["visits", "rage"]',
        )
    if not isinstance(measure.get("survey", False), bool):
        raise UserError(
            "survey is of another type",
            file=file,
            where="[measure] survey",
            found=repr(measure["survey"]),
            allowed="true or false",
        )
    if bool(measure.get("vote")) != bool(measure.get("vote_order")) and measure.get("vote") != "":
        raise UserError(
            "a vote and the order that decides which row is the vote stand together",
            file=file,
            where="[measure]",
            fix='Give both, for example vote = "f.person_id" and vote_order = "f.responded_at desc"',
        )
    if measure.get("units") and not (ROOT / f"{measure['units']}.sql").is_file():
        known = sorted(path.stem for path in ROOT.glob("*.sql"))
        raise UserError(
            "there is no such file in metrics/sql",
            file=file,
            where="[measure] units",
            found=repr(measure["units"]),
            fix=nearest(measure["units"], known),
        )
    _scale(measure, file)
    _kind(measure, file)
    _sql(measure, file)


def _scale(measure: dict[str, Any], file: str) -> None:
    """The ends of a scale are two numbers, the lower first."""
    ends = measure.get("scale", [])
    numbers = all(isinstance(end, int | float) and not isinstance(end, bool) for end in ends)
    if ends and not (numbers and len(ends) == 2 and ends[0] < ends[1]):
        raise UserError(
            "the ends of a scale are two numbers, the lower first",
            file=file,
            where="[measure] scale",
            found=repr(list(ends)),
            allowed="such as [1, 5]",
        )


def _kind(measure: dict[str, Any], file: str) -> None:
    """What a percentile and a number of the pair need besides."""
    quantile = measure.get("quantile")
    if (measure["kind"] == "quantile" or quantile is not None) and not (
        isinstance(quantile, float) and 0 < quantile < 1
    ):
        raise UserError(
            "a percentile needs its quantile",
            file=file,
            where="[measure] quantile",
            found=repr(quantile),
            allowed="between 0 and 1, such as 0.75",
        )
    numbers = [item.name for item in fields(Pair) if item.name != "n"]
    if measure["kind"] == "pair" and measure.get("field") not in numbers:
        raise UserError(
            "which number of the pair is not said",
            file=file,
            where="[measure] field",
            found=repr(measure.get("field")),
            allowed=", ".join(numbers),
        )


def _sql(measure: dict[str, Any], file: str) -> None:
    """Value and where as DuckDB reads them; columns are seen only when a store is asked."""
    for key in ("value", "where"):
        text = measure.get(key, "true")
        try:
            statements = duckdb.extract_statements(f"select ({text})")
        except duckdb.Error as error:
            raise UserError(
                f"not an SQL expression: {str(error).splitlines()[0]}", file=file, where=f"[measure] {key}", found=text
            ) from None
        if len(statements) != 1:
            raise UserError("more than one SQL expression", file=file, where=f"[measure] {key}", found=text)


def _other(
    entry: dict[str, Any],
    measure: dict[str, Any],
    file: str,
    measure_keys: tuple[str, ...],
    units: tuple[str, ...],
    kinds: tuple[str, ...],
) -> None:
    """One entry of also_known_as: who calls it what, how it differs, and, where it can be rebuilt, how it is counted."""
    where = f"also_known_as {entry.get('tool', '')!r}"
    check_keys(entry, OTHER_KEYS, file=file, where=where)
    for key in ("tool", "name", "difference"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise UserError(
                f"{key} is missing", file=file, where=where, fix='Write { tool = "…", name = "…", difference = "…" }'
            )
    if "measure" not in entry:
        return
    if not isinstance(entry["measure"], dict):
        raise UserError(
            "measure is of another type", file=file, where=where, found=repr(entry["measure"]), allowed="a table { … }"
        )
    check_keys(entry["measure"], measure_keys, file=file, where=f"{where} measure")
    for key, found, allowed in (
        ("unit", entry.get("unit", units[0]), units),
        ("kind", entry["measure"].get("kind", kinds[0]), kinds),
    ):
        if found not in allowed:
            raise UserError(f"unknown {key}", file=file, where=where, found=repr(found), allowed=", ".join(allowed))
    _measure({**measure, **entry["measure"]}, file)
