"""The erasure of one person: found by an id, out of every file of the store, kept out of the next builds, with a receipt."""

import json
import shutil
import time
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.erasure import elsewhere, learned, users
from data.erasure.rewrite import Rewritten, rewrite
from data.erasure.whose import Whose, whose
from data.errors import UserError
from data.files.wildcards import TooMany
from data.readers import READERS
from data.settings.sources import load_sources
from data.store import erased, locks, version
from data.store.audit import note, taken_out
from data.store.generations import building, point_to, salt
from data.store.names import PARTS, READINGS
from data.store.person_key import key_of, person_of
from data.store.result_cache import answers_file
from data.store.sound import choose
from data.store.sweep import generations, sweep
from data.store.user_records import Users, users_file

RECEIPTS = "receipts"
SECRET = "person_key"  # the secret of addresses of paths


def erase(
    store: Path, who: str, kind: str | None, by: str, sources: Path | None = None, also: Collection[str] = ()
) -> dict[str, Any]:
    """Erase whom an id names; `also` are names and addresses that users may have written of them. Returns the receipt, which is also written to <store>/receipts: what was searched, what was found where, when
    and by whom, nothing of the person. Raises UserError where the id names nobody or several. Running it again does no harm."""
    choice = choose(store)
    if choice is None:
        raise UserError("there is no store yet", file=store, fix="Run: python -m data build")
    secret = Users(users_file(store)).secret(SECRET)
    secret_salt = salt(store)
    files = generations(store)[::-1]
    found = whose(files, who, kind, secret_salt, person_of(who, secret))
    marks = {erased.mark(secret_salt, name, value) for name, value in found.ids}
    marks |= {erased.mark(secret_salt, f"{name}@{source}", value) for name, source, value in found.records}
    erased.add(store, marks)  # first: whatever happens now, no build brings them back
    with building(store) as scratch:
        made = rewrite(store, [path for path in files if path not in found.unreadable], store / PARTS, found, scratch)
        _replace(store, choice.name, found, made)
        of_comments = learned.anew(store)
    keys = [key_of(person, secret) for person in found.persons]
    receipt = {
        "what": "one person erased",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "by": by,
        "found_by": kind or "an id",
        "ids": _by_kind(found),
        "files": made.rows,
        "unreadable_removed": sorted(path.name for path in (*found.unreadable, *made.unreadable)),
        "kept_answers_forgotten": elsewhere.answers(answers_file(store)),
        "users_records": users.without(
            users_file(store),
            users.Words(
                keys,
                {*found.plain, who.strip(), *map(str.strip, also)},
                found.ids,
                secret_salt,
                {f"{source}:{value}:" for name, source, value in found.records if name == "response_id"},
            ),
        ),
        "exports_that_may_show_what_they_wrote": taken_out(store),
        "sources_that_still_hold_them": _sources(store, choice.name, found, (who, *also), sources),
        "left_out_of_builds": len(marks),
        "learned_from_comments": of_comments,
        "not_searched": "copies of the store, files that were exported, and the memory of running apps until their next click",
    }
    note(store, "erasure", by)
    return receipt | {"receipt": _written(store, receipt)}


def _by_kind(found: Whose) -> dict[str, int]:
    kinds = [kind for kind, _ in found.ids] + [name for name, _, _ in found.records]
    return {kind: kinds.count(kind) for kind in dict.fromkeys(sorted(kinds))}


def _replace(store: Path, current: str, found: Whose, made: Rewritten) -> None:
    """The new files take the place of the old: parts, earlier generations, then the current one under a new name and the pointer to it."""
    with locks.alone(store):
        for new in made.parts.values():
            shutil.copyfile(new, store / PARTS / new.name)
        for name, new in made.generations.items():
            if name != current:
                new.replace(store / name)
        name = f"gen-{time.time_ns()}.duckdb"
        made.generations[current].rename(store / name)
        point_to(store, name)
        for old in (
            store / current,
            *(store / PARTS / part for part in made.parts),
            *found.unreadable,
            *made.unreadable,
        ):
            old.unlink(missing_ok=True)
        shutil.rmtree(store / READINGS, ignore_errors=True)  # the next build reads the files again, and leaves them out
        sweep(store)


def _sources(store: Path, current: str, found: Whose, said: Collection[str], sources: Path | None) -> list[str]:
    """The company's own files that still hold the person: theirs to mend. Named as the build names them."""
    made = version.made(next((path for path in generations(store)[::-1]), store / current))
    file = sources or (Path(made.sources) if made.sources else None)
    if file is None or not file.exists():
        return ["not searched: the settings the store was made from are not where they were"]
    try:
        read = load_sources(file, READERS)
        files = dict.fromkeys(path for source in read.sources for path in read.files(source) if path.is_file())
    except (UserError, TooMany) as error:
        return [f"not searched: {error}"]
    return [read.label(path) for path in elsewhere.holding(files, {*found.plain, *map(str.strip, said)})]


def _written(store: Path, receipt: dict[str, Any]) -> str:
    folder = store / RECEIPTS
    folder.mkdir(exist_ok=True)
    file = folder / f"erasure-{time.time_ns()}.json"
    file.write_text(json.dumps(receipt, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    file.chmod(0o600)
    return f"{RECEIPTS}/{file.name}"


def render(receipt: dict[str, Any]) -> str:
    """The receipt for a terminal."""
    rows = [
        f"  {file}: " + (", ".join(f"{count:,} {table}" for table, count in found.items()) or "nothing")
        for file, found in receipt["files"].items()
    ]
    users = ", ".join(f"{count:,} {table}" for table, count in receipt["users_records"].items()) or "nothing"
    held = receipt["sources_that_still_hold_them"]
    return "\n".join(
        [
            f"Erased, known by {', '.join(f'{count} {kind}' for kind, count in receipt['ids'].items()) or 'no other id'}. Rows taken out:",
            *rows,
            f"  users' records: {users}; kept answers forgotten: {receipt['kept_answers_forgotten']:,}",
            "Your own files that still hold them (the next build leaves these records out; take them out there yourself):",
            *([f"  {name}" for name in held] or ["  none"]),
            *learned.lines(receipt["learned_from_comments"]),
            f"Not searched: {receipt['not_searched']}.",
            f"Receipt: {receipt['receipt']}",
        ]
    )
