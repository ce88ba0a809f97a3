"""Who came in, who was turned away and who went, in the audit log: one line a session, however many pages, tabs and processes it meets."""

from pathlib import Path

from data.store import audit
from data.store.names import store_path
from report.text.catalogue import say
from ui.session import signin
from ui.session.viewer import access_file, rights_file

MOST = 10_000  # sessions a process remembers
_met: set[tuple[str, bool]] = set()
_files: list[tuple[object, ...]] = []  # the state of the files of rights last looked at


def named(claims: signin.Claims, rules: signin.SignIn) -> str:
    """What the log calls whoever has these claims: the confirmed address, else the address and that nobody confirmed it."""
    if confirmed := signin.confirmed(claims, rules):
        return confirmed
    address = claims.get("email")
    return (
        say("ui.comings.not_confirmed", address=address[:200])
        if isinstance(address, str) and address.strip()
        else say("ui.comings.without_address")
    )


def met(session: signin.Session, who: str, why: str | None) -> None:
    """A session that asks for something: `why` it may not come in, None where it may. Only the first time is a line."""
    _rights_looked_at()
    key = (session.key, why is None)
    if key in _met:
        return
    if len(_met) > MOST:
        _met.clear()
    _met.add(key)
    what = "sign-in" if why is None else "sign-in refused"
    audit.note_once(store_path(), session.key, session.until, what, who, why or "")


def left(session: signin.Session, who: str) -> None:
    """Somebody signs out. A copy of a cookie that was signed out before writes no line. Raises UserError where it cannot be kept."""
    held = session.open()
    session.end()
    if held:
        audit.note_once(store_path(), session.key, session.until, "sign-out", who)


def _rights_looked_at() -> None:
    """A line where access.toml or rights.toml is another than the log says; looked into only where a file was written since."""
    files = [access_file(), rights_file()]
    state = tuple((str(file), *_written(file)) for file in files)
    if _files != [state]:
        _files[:] = [state]
        audit.access_is(store_path(), files)


def _written(file: Path) -> tuple[int, int]:
    try:
        found = file.stat()
        return found.st_mtime_ns, found.st_size
    except OSError:
        return 0, 0
