"""Spoiled files laid out as a company's: a folder each, and the blocks of sources.toml that name them."""

import json
from pathlib import Path

from benchmarks.mutants.plan import Mutant


def write(each: Mutant, folder: Path) -> None:
    """The spoiled file, and what stands beside it, in a folder of their own."""
    own = folder / f"m{each.number}"
    own.mkdir()
    for name, text in each.seed.beside:
        (own / name).write_text(text, encoding="utf-8")
    (own / each.name).write_bytes(each.content)


def path_of(each: Mutant, folder: Path) -> Path:
    """Where it lies."""
    return folder / f"m{each.number}" / each.name


def block(each: Mutant) -> str:
    """Its [[source]] block."""
    keys = {
        "name": f"m{each.number}",
        "reader": each.seed.reader,
        "path": f"m{each.number}/{each.seed.read or each.name}",
    } | each.seed.block
    return "[[source]]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in keys.items())


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_toml(inner)}" for key, inner in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
