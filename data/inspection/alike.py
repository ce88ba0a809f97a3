"""Which files are read by one proposal, and which of them count the same once more."""

import re
from typing import Any

Found = dict[str, Any]


PARTS = {"part", "data", "chunk", "batch", "file", "snappy", "zstd", "gzip"}  # words in names that loaders make


def nameless(stem: str) -> bool:
    """Whether a file's name says nothing of what it holds: numbers and marks, as loaders name the parts of a table in its folder."""
    words = re.findall(r"[a-z]{3,}", re.sub(r"(?=[0-9a-f-]*\d)[0-9a-f-]{8,}", "", stem.lower()))
    return bool(re.search(r"\d", stem)) and not set(words) - PARTS


def pattern(path: str) -> str:
    """A file's path with its digits as `*`: `events_20240304.csv` is `events_*.csv`; parts of a table are all of their folder."""
    head, _, name = path.rpartition("/")
    if head and nameless(name.partition(".")[0]) and nameless(name.rpartition(".")[0]):
        return f"{head}/*.{name.rpartition('.')[2]}"
    wide = re.sub(r"\d[\d_.-]*\d|\d", "*", name)
    return f"{head}/{wide}" if head else wide


def shape(found: Found) -> str:
    """The proposal without the names of its file: alike where only they differ."""
    text = re.sub(r"^(name|path) = .*$", "", found["sources_toml"], flags=re.MULTILINE)
    own = found["file"].rpartition("/")[2].split(".")[0]
    return re.sub(r"\d+", "0", text.replace(own, "") if own else text)


def without_totals(files: list[Found]) -> list[Found]:
    """Daily counts that name no page are left out beside those by page: both are of the same visits."""
    daily = [found for found in files if found.get("loaded") and found.get("table") == "web_daily"]
    by_page = [found for found in daily if any(row["column"] == "path" for row in found["mapping"])]
    if not by_page:
        return files
    twice = [found for found in daily if found not in by_page]
    why = f"these are counts of days without pages, and {by_page[0]['file']} has them by page: read together they would count visits twice"
    return [
        found | {"loaded": 0, "refused": found["rows_in"], "why": why, "tables": {}, "sources_toml": ""}
        if found in twice
        else found
        for found in files
    ]
