"""The log of what people do here: sign-ins and their ends, exports, erasures, builds and changes of settings; beside it the openings of
one person's path (user_records). In users.sqlite: when, what, who did it, and a word about it; never whom a record is about.

One line to call: `note(store, "sign-in", email)`.
"""

import hashlib
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.errors import UserError
from data.sqlfile import sql
from data.store.user_records import Users, users_file

MOST = 100_000  # lines: the oldest beyond go
KINDS = (
    "sign-in",
    "sign-in refused",
    "sign-out",
    "export",
    "answers looked at",
    "erasure",
    "build",
    "settings changed",
    "access changed",
)
LONGEST = 200  # signs of a detail


def note(store: Path, what: str, who: str, detail: str = "") -> bool:
    """Write a line; whether it is on the disk. Where it cannot be written standard error says so, and the caller decides."""
    assert what in KINDS, what
    line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "what": what, "who": who, "detail": detail[:LONGEST]}
    try:
        with Users(users_file(store)).open() as con:
            con.execute(sql("data/store/user_records_sql", "audit_add"), line)
            con.execute(sql("data/store/user_records_sql", "audit_bound"), {"most": MOST})
        return True
    except UserError as error:
        print(f"audit: a line ({what}) could not be written: {error}", file=sys.stderr)
        return False


def note_once(store: Path, session: str, until: float, what: str, who: str, detail: str = "") -> bool:
    """Write a line the first time a session is met, in whichever process; `until` is when its token ends (Unix seconds): a session is
    remembered that long. Returns whether a line was written now."""
    try:
        with Users(users_file(store)).open() as con:
            con.execute(sql("data/store/user_records_sql", "seen_forget"), {"now": time.time()})
            added = con.execute(
                sql("data/store/user_records_sql", "seen_add"), {"session": f"{what} {session}", "until": until}
            )
            first = added.rowcount == 1
    except UserError as error:
        print(f"audit: a line ({what}) could not be written: {error}", file=sys.stderr)
        return False
    return first and note(store, what, who, detail)


def access_is(store: Path, files: Iterable[Path]) -> bool:
    """Write a line where the files that say who may see what are others than the newest line says. Returns whether one was written.
    Nobody is named: the files are written outside the app."""
    now = f"files {_digest(files)}"
    before = next((line["detail"] for line in lines(store, MOST) if line["what"] == "access changed"), None)
    return before != now and note(store, "access changed", "seen by the app", now)


def _digest(files: Iterable[Path]) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files if file.is_file())).hexdigest()[:12]


def built(store: Path, who: str, settings: Iterable[Path]) -> None:
    """A build was published, and whether its settings are others than those of the build before."""
    digest = _digest(settings)
    before = next((line["detail"] for line in lines(store, MOST) if line["what"] == "build"), None)
    if before is not None and before != f"settings {digest}":
        note(store, "settings changed", who, f"from {before.removeprefix('settings ')} to {digest}")
    note(store, "build", who, f"settings {digest}")


def lines(store: Path, most: int = 1000) -> list[dict[str, Any]]:
    """The newest lines, openings of paths among them (`what` is "path opened", `detail` the key of whom and the view): at, what, who, detail."""
    if not users_file(store).exists():
        return []
    with Users(users_file(store)).open() as con:
        found = con.execute(sql("data/store/user_records_sql", "audit"), {"most": most})
        names = [column[0] for column in found.description]
        return [dict(zip(names, row)) for row in found]


def taken_out(store: Path) -> list[dict[str, Any]]:
    """The exports the log knows of, newest first."""
    return [line for line in lines(store, MOST) if line["what"] == "export"]
