"""Web servers' access logs are told apart from tables and refused: in them a visitor is a network address, which is nobody's id."""

import re
from itertools import islice
from pathlib import Path

from data.errors import FileProblem

LOOK = 5  # lines that are looked at
REQUEST = re.compile(rb"\b(GET|POST|HEAD|PUT|DELETE|OPTIONS|PATCH) \S{1,4000} HTTP/\d")
# What the extended format of the W3C begins with (IIS, CloudFront and others).
EXTENDED = re.compile(rb"^#(Software|Version|Fields|Date): ")


def refuse_log(path: Path, label: str) -> None:
    """Raise FileProblem where the first lines of a file are a web server's requests: a table would name its columns first."""
    with path.open("rb") as file:
        lines = [line for raw in islice(file, LOOK) if (line := raw[:10_000].strip())]
    requests = sum(bool(REQUEST.search(line)) for line in lines)
    if lines and (EXTENDED.match(lines[0]) or REQUEST.search(lines[0]) and requests * 2 > len(lines)):
        raise FileProblem(
            "this is a web server's access log: it knows visitors by their network address only, which is never used to tell people apart",
            file=label,
            allowed="events of a web analytics tool, or a table of date, path and views",
            fix='Export the events of your analytics tool instead, or count the log by day and page into a CSV with the columns date, path, views and map it with table = "web_daily"',
        )
