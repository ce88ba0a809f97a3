"""The company's own lines: targets and weights of a stage, by metric."""

import math
import os
from pathlib import Path
from typing import Any

from data.errors import Problems, UserError, check_keys, nearest

DEFINITIONS = Path(__file__).parents[2] / "metrics" / "definitions"


def _metrics_known(spec: object, file: Path, where: str) -> None:
    """Refuse a metric nobody defines: its line would be drawn nowhere, without a word."""
    if not isinstance(spec, dict):
        raise UserError(
            "expected metrics and their values",
            file=file,
            where=where,
            found=repr(spec),
            allowed="{ completion_rate = … }",
        )
    known, problems = metric_names(), Problems()
    for metric in spec:
        if metric not in known:
            problems.found.append(
                UserError(
                    "unknown metric",
                    file=file,
                    where=where,
                    found=repr(metric),
                    allowed="an id of docs/METRICS.md",
                    fix=nearest(metric, known),
                )
            )
    problems.end()


def metric_names() -> set[str]:
    """The ids of the catalogue and of the company's own folder: each metric's file is named after it."""
    folders = [DEFINITIONS, *([Path(own)] if (own := os.environ.get("THROUGHLINE_METRICS")) else [])]
    return {path.stem for folder in folders for path in folder.glob("*.toml")}


def targets_of(spec: dict[str, Any], file: Path, where: str) -> dict[str, Any]:
    """`targets` of a stage: metric → line and target. Raises UserError."""
    _metrics_known(spec, file, f"{where} targets")
    for metric, target in spec.items():
        if (
            not isinstance(target, dict)
            or set(target) - {"line", "target"}
            or "line" not in target
            or not _numbers(target)
        ):
            raise UserError(
                "a target needs a line, and may have a target",
                file=file,
                where=f"{where} targets.{metric}",
                found=target,
                allowed="{ line = 0.55, target = 0.70 }",
            )
        if target.get("target") == target["line"]:
            raise UserError(
                "line and target are equal, so nothing lies between them",
                file=file,
                where=f"{where} targets.{metric}",
                found=target,
            )
    return spec


def weights_of(spec: dict[str, Any], file: Path, where: str) -> dict[str, Any]:
    """`weights` of a stage: side → metric → weight from 0. Raises UserError."""
    if not isinstance(spec, dict):
        raise UserError(
            "weights are given by side",
            file=file,
            where=f"{where} weights",
            found=repr(spec),
            allowed="{ ux = { completion_rate = 2 } }",
        )
    check_keys(spec, ("ux", "cx"), file=file, where=f"{where} weights")
    for side, weights in spec.items():
        _metrics_known(weights, file, f"{where} weights.{side}")
        if not _numbers(weights):
            raise UserError(
                "a side's weights are numbers by metric",
                file=file,
                where=f"{where} weights.{side}",
                found=weights,
                allowed="{ completion_rate = 2, error_rate = 1 }",
            )
        if any(weight < 0 for weight in weights.values()):
            raise UserError("a weight is 0 or more", file=file, where=f"{where} weights.{side}", found=weights)
    return spec


def _numbers(values: dict[str, Any]) -> bool:
    return all(
        isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
        for value in values.values()
    )
