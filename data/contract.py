"""The contract of data/contract.toml as Python objects."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CONTRACT_FILE = Path(__file__).with_name("contract.toml")
SQL_TYPES = {
    "text": "VARCHAR",
    "id": "VARCHAR",
    "number": "DOUBLE",
    "whole": "BIGINT",
    "time": "TIMESTAMP",
    "truth": "BOOLEAN",
    "json": "VARCHAR",
    "list": "VARCHAR[]",
}


@dataclass(frozen=True)
class Table:
    """One contract table: `columns` maps name → type, `ids` the id kinds it may carry."""

    name: str
    columns: dict[str, str]
    key: tuple[str, ...]
    made: tuple[str, ...]
    required: tuple[str, ...]
    any_of: tuple[str, ...]
    defaults: dict[str, str]
    ids: tuple[str, ...]
    time: str | None

    @property
    def fillable(self) -> dict[str, str]:
        """Every column a source may fill, id kinds included (as plain text)."""
        return self.columns | {kind: "id" for kind in self.ids}

    @property
    def stored_key(self) -> tuple[str, ...]:
        """The key's columns under their stored names."""
        return tuple(f"id_{name}" if name in self.ids else name for name in self.key)

    @property
    def stored(self) -> dict[str, str]:
        """Column → SQL type as stored: ids carry the prefix id_."""
        own = {name: SQL_TYPES[kind] for name, kind in self.columns.items()}
        return own | {f"id_{kind}": "VARCHAR" for kind in self.ids}


@dataclass(frozen=True)
class Contract:
    tables: dict[str, Table]
    id_kinds: tuple[str, ...]
    hashed: tuple[str, ...]
    linking: tuple[str, ...]
    allowed: dict[str, tuple[str, ...]]
    ranges: dict[str, tuple[float, float]]
    years: dict[str, tuple[int, int]]  # column of times → its first year, and how many beyond this one


def _table(name: str, spec: dict[str, Any], kinds: tuple[str, ...]) -> Table:
    return Table(
        name=name,
        columns=spec["columns"],
        key=tuple(spec["key"]),
        made=tuple(spec.get("made", ())),
        required=tuple(spec.get("required", ())),
        any_of=tuple(spec.get("any_of", ())),
        defaults=spec.get("defaults", {}),
        ids=kinds if spec.get("ids") else (),
        time=spec.get("time"),
    )


@cache
def contract() -> Contract:
    """The one authority on what comes in, read once."""
    spec = tomllib.loads(CONTRACT_FILE.read_text(encoding="utf-8"))
    kinds = tuple(spec["ids"]["kinds"])
    return Contract(
        tables={name: _table(name, table, kinds) for name, table in spec["tables"].items()},
        id_kinds=kinds,
        hashed=tuple(spec["ids"]["hashed"]),
        linking=tuple(spec["ids"]["linking"]),
        allowed={name: tuple(words) for name, words in spec["allowed"].items()},
        ranges={name: (low, high) for name, (low, high) in spec["ranges"].items()},
        years={name: (first, beyond) for name, (first, beyond) in spec["years"].items()},
    )
