"""Where a store keeps what was learned, one file a calibration, and how a build takes it up."""

import io
import json
import os
from pathlib import Path

import duckdb
import numpy as np

from data.errors import UserError
from data.texts.learned.model import Learned

FOLDER = "calibration"
SUFFIX = ".npz"


def files(store: Path) -> list[Path]:
    """Every calibration of a store, the first first."""
    found = (path for path in (store / FOLDER).glob(f"*{SUFFIX}") if path.stem.isdigit())
    return sorted(found, key=lambda path: int(path.stem))


def newest(store: Path) -> Path | None:
    """The calibration a build uses."""
    return next(reversed(files(store)), None)


def keep(model: Learned, store: Path) -> Path:
    """Write a calibration whole or not at all, readable by the owner only."""
    folder = store / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    buffer = io.BytesIO()
    told = {"version": model.version, "low": model.low, "high": model.high, "languages": model.languages}
    np.savez_compressed(buffer, rarity=model.rarity, weights=model.weights, levels=model.levels, told=json.dumps(told))
    file = folder / f"{model.version}{SUFFIX}"
    written = folder / f"{model.version}.writing"
    with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(buffer.getvalue())
        out.flush()
        os.fsync(out.fileno())
    written.replace(file)
    return file


def load(content: bytes, name: str = "") -> Learned:
    """A calibration as it was kept. Raises UserError for a file that is none."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as found:
            told = json.loads(str(found["told"]))
            rarity, weights, levels = (found[part] for part in ("rarity", "weights", "levels"))
        return Learned(int(told["version"]), rarity, weights, levels, told["low"], told["high"], told["languages"])
    except (ValueError, KeyError, OSError, EOFError) as error:
        raise UserError(
            f"a calibration cannot be read: {error}", file=name, fix="Delete it and run python -m data calibrate again"
        ) from None


def write(con: duckdb.DuckDBPyConnection, store: Path) -> None:
    """The table cfg_learned of a build: the newest calibration, none where there is none. Not served."""
    con.execute("create table if not exists cfg_learned (content BLOB, name VARCHAR)")
    if file := newest(store):
        con.execute("insert into cfg_learned values (?, ?)", [file.read_bytes(), file.name])


def read(con: duckdb.DuckDBPyConnection) -> Learned | None:
    """The calibration a build was given."""
    con.execute("create table if not exists cfg_learned (content BLOB, name VARCHAR)")
    row = con.execute("select content, name from cfg_learned").fetchone()
    return load(*row) if row else None
