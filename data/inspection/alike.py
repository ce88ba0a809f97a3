"""Which files are read by one proposal, and which of them count the same once more."""

import re
from typing import Any

Found = dict[str, Any]


def pattern(path: str) -> str:
    """A file's path with its digits as `*`: `events_20240304.csv` is `events_*.csv`."""
    head, _, name = path.rpartition("/")
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
