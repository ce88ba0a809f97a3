"""The log of what people do in the app (data.store.audit), by whoever is looking."""

from collections.abc import Callable

from data.store import audit
from data.store.names import store_path
from report.text.catalogue import say
from ui.session import viewer

NOBODY = say("ui.audit.not_signed_in")
Bytes = bytes | str


def noted(what: str, detail: str = "", who: str | None = None) -> bool:
    """A line of the log. `who`: where nobody is signed in any more, or not yet."""
    return audit.note(store_path(), what, who or viewer.email() or NOBODY, detail)


def exported(name: str, data: Callable[[], Bytes]) -> Callable[[], Bytes]:
    """What makes a file, with a line of the log before it. Who asks is told now: when the file is made, no page is open."""
    who = viewer.email() or NOBODY

    def made() -> Bytes:
        noted("export", name, who)
        return data()

    return made
