"""The catalogue: one TOML file a metric in metrics/definitions, validated when loaded."""

import os
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from data.errors import UserError, check_keys, nearest
from data.settings.sources import load_toml
from metrics import kinds
from metrics.catalogue import validate
from metrics.catalogue.definition import FACTS, LENSES, UNITS, Definition, Measure

MARK = "~"  # between a metric and another tool's variant of it
OVERLAY = (
    "THROUGHLINE_TRIED_METRICS"  # set for a process that tries edited definitions (metrics preview), by nobody else
)
FOLDER = Path(__file__).parents[1] / "definitions"
KEYS = (
    "id",
    "version",
    "label",
    "short",
    "lens",
    "side",
    "heart",
    "unit",
    "better",
    "population",
    "grain",
    "scope",
    "sentence",
    "formula",
    "interval",
    "estimand",
    "goal",
    "signal",
    "source",
    "also_known_as",
    "min_n",
    "precise",
    "usual_spread",
    "matters",
    "measure",
    "suggested_question",
)
MEASURE_KEYS = (
    "kind",
    "fact",
    "units",
    "value",
    "where",
    "needs",
    "vote",
    "vote_order",
    "survey",
    "field",
    "quantile",
    "requires",
    "mature_days",
    "parts",
    "dimensions",
    "scale",
)


@cache
def catalogue() -> dict[str, Definition]:
    """Every metric by id, in lens order: those of the product and, where THROUGHLINE_METRICS names a folder, the company's."""
    found = [load(path) for folder in folders() for path in sorted(folder.glob("*.toml"))]
    for key in ("id", "label"):
        names = [getattr(d, key) for d in found]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise UserError(f"two metrics have the same {key}", where="metric", found=twice, fix="Give each its own")
    if trial := os.environ.get(OVERLAY):
        edited = overlaid(Path(trial))
        found = [*(one for one in found if one.id not in edited), *edited.values()]
    found.sort(key=lambda d: (LENSES.index(d.lens), d.id))
    return {definition.id: definition for definition in found}


def overlaid(folder: Path) -> dict[str, Definition]:
    """The definitions of a folder by id, which are tried in place of those of the same id. Raises UserError for a folder without any."""
    files = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    if not files:
        raise UserError("there are no definitions in this folder", where="--definitions", found=folder)
    return {found.id: found for found in map(load, files)}


def folders() -> list[Path]:
    """Where definitions lie. Raises UserError for a folder that is not there."""
    own = os.environ.get("THROUGHLINE_METRICS")
    if own and not Path(own).is_dir():
        raise UserError(
            "there is no such folder", where="THROUGHLINE_METRICS", found=own, fix="Name a folder of definitions"
        )
    return [FOLDER, Path(own)] if own else [FOLDER]


def others(definition: Definition) -> list[tuple[dict[str, Any], Definition | None]]:
    """Each entry of also_known_as with the variant that counts as that tool does; None where it is told in words only."""
    return [(entry, _variant(definition, entry) if "measure" in entry else None) for entry in definition.also_known_as]


def variants(definition: Definition) -> dict[str, Definition]:
    """How other tools count it, by id `metric~tool-name`: planned and run like a metric, never listed as one."""
    return {variant.id: variant for _, variant in others(definition) if variant}


def _variant(definition: Definition, entry: dict[str, Any]) -> Definition:
    """The metric with those keys of its measure overridden that an entry names."""
    name = re.sub(r"[^a-z0-9]+", "-", f"{entry['tool']} {entry['name']}".lower()).strip("-")
    unit = entry.get("unit", definition.unit)
    return replace(
        definition,
        id=f"{definition.id}{MARK}{name}",
        label=f"{entry['name']} ({entry['tool']})",
        short=entry["name"],
        unit=unit,
        sentence=entry["difference"][:1].upper() + entry["difference"][1:] + ".",
        interval=entry.get("interval", definition.interval),
        precise=definition.precise if unit == definition.unit else float("inf"),
        also_known_as=(),
        measure=replace(definition.measure, **_tuples(entry["measure"])),
    )


def definition(metric: str) -> Definition:
    """The metric of that id, or another tool's variant of one. Raises UserError naming the nearest one."""
    known = catalogue()
    if MARK in metric and (parent := known.get(metric.partition(MARK)[0])):
        known = variants(parent)
    if metric not in known:
        raise UserError(
            "there is no such metric", where=metric, fix=nearest(metric, known) or "See: python -m metrics list"
        )
    return known[metric]


def load(path: Path) -> Definition:
    """Read and check one definition. Raises UserError with file and key."""
    spec = load_toml(path)
    check_keys(spec, KEYS, file=path.name, where="top level")
    measure = spec.pop("measure", {})
    check_keys(measure, MEASURE_KEYS, file=path.name, where="[measure]")
    _require(spec, path)
    if spec["id"] != path.stem:
        raise UserError("the id is not the file's name", file=path.name, found=spec["id"], allowed=path.stem)
    for key, allowed in (
        ("lens", LENSES),
        ("unit", UNITS),
        ("better", ("higher", "lower")),
        ("side", ("ux", "cx", "both")),
    ):
        if spec[key] not in allowed:
            raise UserError(f"unknown {key}", file=path.name, found=spec[key], allowed=", ".join(allowed))
    if measure.get("kind") not in kinds.registry():
        raise UserError(
            "unknown kind of measure", file=path.name, found=measure.get("kind"), allowed=", ".join(kinds.registry())
        )
    if measure.get("fact") not in FACTS:
        raise UserError(
            "unknown fact" if "fact" in measure else "fact is missing",
            file=path.name,
            where="[measure]",
            found=measure.get("fact"),
            allowed=", ".join(FACTS),
        )
    _check_types(spec, ("precise", "usual_spread", "matters", "min_n", "version"), (int, float), "a number", path)
    _check_types(measure, ("needs", "requires", "dimensions", "scale"), list, "a list", path)
    _check_types(measure, ("parts",), dict, "a table { … } of SQL expressions", path)
    _check_types(measure, ("mature_days",), int, "a whole number of days", path)
    validate.check(spec, measure, path.name, MEASURE_KEYS, UNITS, tuple(kinds.registry()))
    measure = _tuples(measure)
    spec["also_known_as"] = tuple(spec.get("also_known_as", ()))
    spec.setdefault("short", spec["label"])
    return Definition(**spec, measure=Measure(**measure))


def _tuples(measure: dict[str, Any]) -> dict[str, Any]:
    """Lists of a file as the tuples a frozen definition holds."""
    return measure | {
        key: tuple(measure[key]) for key in ("needs", "requires", "dimensions", "scale") if key in measure
    }


def _check_types(
    spec: dict[str, Any], keys: tuple[str, ...], kind: type | tuple[type, ...], allowed: str, path: Path
) -> None:
    for key in keys:
        if key in spec and not isinstance(spec[key], kind):
            raise UserError(f"{key} is of another type", file=path.name, found=repr(spec[key]), allowed=allowed)


def _require(spec: dict[str, Any], path: Path) -> None:
    for key in (
        "id",
        "label",
        "lens",
        "side",
        "unit",
        "better",
        "population",
        "grain",
        "sentence",
        "formula",
        "interval",
        "estimand",
        "source",
        "precise",
        "matters",
    ):
        if key not in spec:
            raise UserError(f"{key} is missing", file=path.name, fix="See metrics/definitions/completion_rate.toml")
