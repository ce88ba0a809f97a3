"""From a file of the other formats to definitions: those that travelled with our extension are whole; of the others it is said what they lack."""

import json
from pathlib import Path
from typing import Any

from data.errors import UserError
from data.settings.written import toml
from metrics.catalogue.load import load
from report.semantic.carried import VENDOR
from report.semantic.formats import NAME
from report.text.catalogue import say


def read(file: Path) -> dict[str, Any]:
    """The file, JSON or YAML. Raises UserError for what is neither."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("this file cannot be read", file=file, found=getattr(error, "strerror", None)) from None
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        found = _yaml(text, file)
    if not isinstance(found, dict) or not ({"semantic_model", "metrics"} & set(found)):
        raise UserError(
            "this is no semantic model", file=file.name, allowed="Apache Ossie (semantic_model), or dbt (metrics)"
        )
    return found


def _yaml(text: str, file: Path) -> Any:
    try:
        import yaml
    except ModuleNotFoundError:
        raise UserError(
            "YAML needs a library that is not installed", file=file.name, fix="pip install pyyaml"
        ) from None
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError:
        raise UserError("this is neither JSON nor YAML", file=file.name) from None


def definitions(found: dict[str, Any]) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """Id → the definition's keys, and id → what a metric lacks that did not come from here."""
    whole: dict[str, dict[str, Any]] = {}
    lacking: dict[str, str] = {}
    models = found.get("semantic_model", [])
    listed = [one for model in models for one in model.get("metrics", [])] + list(found.get("metrics", []))
    for metric in (one for one in listed if isinstance(one, dict)):
        name, told = str(metric.get("name")), _extension(metric)
        if told and isinstance(told.get("definition"), dict):
            whole[name] = told["definition"]
        else:
            lacking[name] = say("assistant.semantic.lacks")
    parts = {f"{name}_{part}" for name in whole for part in ("total", "rows")}
    return whole, {name: why for name, why in lacking.items() if name not in parts}


def _extension(metric: dict[str, Any]) -> dict[str, Any] | None:
    for one in metric.get("custom_extensions") or []:
        if isinstance(one, dict) and one.get("vendor_name") == VENDOR:
            try:
                told = json.loads(str(one.get("data")))
            except json.JSONDecodeError:
                return None
            return told if isinstance(told, dict) else None
    config = metric.get("config")
    meta = config.get("meta") if isinstance(config, dict) else None
    found = meta.get(NAME) if isinstance(meta, dict) else None
    return found if isinstance(found, dict) else None


def write(whole: dict[str, dict[str, Any]], folder: Path) -> list[Path]:
    """One file a definition, each checked as the catalogue checks it. Raises UserError for one that does not hold."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, spec in whole.items():
        if not name.replace("_", "").isalnum():
            raise UserError("this is no id of a metric", found=name)
        file = folder / f"{name}.toml"
        file.write_text(written(spec), encoding="utf-8")
        load(file)
        files.append(file)
    return files


def written(spec: dict[str, Any]) -> str:
    """Keys, then [measure], then one [[also_known_as]] each."""
    plain = {key: value for key, value in spec.items() if key not in ("measure", "also_known_as")}
    lines = [f"{key} = {toml(value)}" for key, value in plain.items()]
    lines += ["", "[measure]", *(f"{key} = {toml(value)}" for key, value in spec.get("measure", {}).items())]
    for one in spec.get("also_known_as", ()):
        lines += ["", "[[also_known_as]]", *(f"{key} = {toml(value)}" for key, value in one.items())]
    return "\n".join(lines) + "\n"
