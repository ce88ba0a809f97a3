"""What holds a person beside the generations and users' records: kept answers, and the company's files, which are only named."""

import gzip
import json
import sqlite3
import zipfile
from collections.abc import Collection, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import IO, cast

import duckdb

from data.files.archives import DAMAGED

LEAST = 3  # signs: a shorter id is met in any file
CHUNK = 1 << 20


def answers(file: Path) -> int:
    """Forget the kept answers, whoever is in them: a cache. Returns how many."""
    count = 0
    if file.exists():
        with suppress(sqlite3.Error), closing(sqlite3.connect(file)) as con:
            count = con.execute("select count(*) from answers").fetchone()[0]
    for old in file.parent.glob(f"{file.name}*"):
        old.unlink(missing_ok=True)
    return count


def holding(files: Collection[Path], needles: Collection[str]) -> list[Path]:
    """Those of the company's files in which one of the ids stands. Text, gzip, zip, workbooks and Parquet are looked into."""
    words = [word for word in needles if len(word) >= LEAST]
    forms = {word.encode(form) for word in words for form in ("utf-8", "utf-16-le")}
    forms |= {json.dumps(word)[1:-1].encode() for word in words}
    return [file for file in files if words and _holds(file, words, sorted(forms))]


def _holds(file: Path, words: list[str], forms: list[bytes]) -> bool:
    try:
        if file.suffix == ".parquet":
            return _in_parquet(file, words)
        return any(_in_stream(stream, forms) for stream in _streams(file))
    except (*DAMAGED, RuntimeError, duckdb.Error):
        return False


def _streams(file: Path) -> Iterator[IO[bytes]]:
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                with archive.open(name) as member:
                    yield member
    elif file.suffix == ".gz":
        with gzip.open(file) as content:
            yield cast(IO[bytes], content)
    else:
        with file.open("rb") as content:
            yield content


def _in_stream(stream: IO[bytes], forms: list[bytes]) -> bool:
    longest, kept = max(map(len, forms)), b""
    while chunk := stream.read(CHUNK):
        window = (kept + chunk).lower()
        if any(form.lower() in window for form in forms):
            return True
        kept = window[-longest:]
    return False


def _in_parquet(file: Path, words: list[str]) -> bool:
    with duckdb.connect() as con:
        text = "select 1 from read_parquet($file) t where list_bool_or(list_transform($words, lambda w: contains(lower(cast(t as varchar)), lower(w)))) limit 1"
        return bool(con.execute(text, {"file": str(file), "words": words}).fetchall())
