"""Which version of the model made a generation, so that an update of Throughline never asks an old store for what it has not."""

import functools
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

import duckdb

from data import masking
from data.errors import UserError
from data.sqlfile import ROOT
from data.store.sound import Damaged, is_damage

FOLDER = ROOT / "data" / "model"
P = ParamSpec("P")
T = TypeVar("T")


@functools.cache
def model() -> str:
    """A digest of what makes a store's tables: the model's SQL, the contract, the kinds of events, what is masked; comments and white space do not count."""
    text = "\n".join(
        re.sub(r"--.*" if path.suffix == ".sql" else r"(?m)^\s*#.*", "", path.read_text(encoding="utf-8"))
        for path in (
            *sorted(FOLDER.rglob("*.sql")),
            *(ROOT / "data" / name for name in ("contract.toml", "events.toml")),
        )
    )
    text += f"\nmasking {masking.VERSION}"
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Made:
    """How a generation was made: the digest of its model and the settings files, each None where that is not known."""

    model: str | None = None
    sources: str | None = None
    journey: str | None = None


def write(con: duckdb.DuckDBPyConnection, sources: Path, journey: Path | None, fingerprint: str | None = None) -> None:
    """Note in the attached database `generation` what it is made by and from, and the digest of all of it."""
    con.execute(
        "create table generation.made as select $model as model, $sources as sources, $journey as journey, $fingerprint as fingerprint",
        {
            "model": model(),
            "sources": str(sources.resolve()),
            "journey": journey and str(journey.resolve()),
            "fingerprint": fingerprint,
        },
    )


def made(generation: Path) -> Made:
    """What a generation says of itself; nothing where it was made before generations said so."""
    try:
        with duckdb.connect(str(generation), read_only=True) as con:
            row = con.execute("select model, sources, journey from made").fetchone()
    except duckdb.Error:
        return Made()
    return Made(*row) if row else Made()


def understood(ask: Callable[P, T]) -> Callable[P, T]:
    """A question whose SQL asks for tables or columns the store does not have ends in a UserError that says what to do, as damage does."""

    @functools.wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return ask(*args, **kwargs)
        except (duckdb.BinderException, duckdb.CatalogException) as error:
            raise UserError(
                "the store was made by another version of Throughline",
                found=str(error).splitlines()[0],
                fix="Run: python -m data build",
            ) from error
        except (duckdb.Error, OSError) as error:
            if not is_damage(error):
                raise
            raise Damaged("the store cannot be read: it is damaged", fix="Run: python -m data build") from error

    return asked
