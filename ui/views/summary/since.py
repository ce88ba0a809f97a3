"""What changed since whoever looks last looked: kept for an account, or without sign-in for this browser, of the Overview without filters."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html import escape

import streamlit as st

from data.errors import UserError
from data.store.saved.looked import Look, Looked
from metrics.query.context import Context
from report import numbers
from report.findings.calls import Call
from report.findings.finding import Finding
from report.loop import since
from report.text.catalogue import say
from ui.session import source, state, viewer
from ui.session.serving import COOKIE
from ui.session.state import Frame
from ui.views.people import users
from ui.views.summary.vitals import Sign
from ui.widgets.block import block, sub


def since_last_look(frame: Frame, found: Sequence[Finding], calls: Mapping[str, Call], signs: Sequence[Sign]) -> None:
    """The block of what is new; one line where nothing is; nothing at a first look, under filters, or where looks cannot be kept."""
    known = source.known()
    whose = who()
    if whose is None or not _resting(frame, known) or known.last_day is None:
        return
    now = since.picture(
        known.last_day.isoformat(), found, calls, {d.id: moved(sign) for sign in signs for d in sign[:1]}
    )
    seen = source.generation()
    try:
        last = Looked(users().file).look(
            whose, f"{frame.query.journey} {seen.seen}".strip(), seen.name, since.written(now)
        )
    except UserError:
        return  # the users' records cannot be written here: the page does without
    before = since.read(last.record) if last else None
    if last is not None and before is not None:
        _told(last, before, now, known.stages[frame.query.journey])


def moved(sign: Sign) -> str:
    """Whether a vital sign surely got worse or better, as its tile says."""
    _, cell, change, _ = sign
    compared = cell.valued and cell.compare is not None and cell.compare.diff is not None
    if not compared or change is None or not change.notable or change.better is None:
        return since.STEADY
    return since.BETTER if change.better else since.WORSE


def who() -> str | None:
    """The account, else this browser by the random name it holds; None where there is neither."""
    email, browser = viewer.email(), st.context.cookies.get(COOKIE)
    return f"account {email}" if email else f"browser {browser}" if browser else None


def _resting(frame: Frame, known: Context) -> bool:
    """Whether the page is as it opens: what is told under filters or of other weeks is another question, not another answer."""
    return frame.query == state.frame_of({"j": frame.query.journey}, known).query


def _told(last: Look, before: since.Picture, now: since.Picture, stages: Sequence[str]) -> None:
    day = numbers.day(datetime.fromisoformat(last.at).date())
    said = since.news(before, now, stages)
    if not said:
        sub(say("ui.since.nothing", day=day))
        return
    reach = say("ui.since.data", then=_day(before.as_of), now=_day(now.as_of)) if before.as_of != now.as_of else ""
    with block("since", say("ui.since.title", count=len(said), day=day), reach):
        st.html('<ul class="said">' + "".join(f"<li>{escape(one)}</li>" for one in said) + "</ul>")


def _day(iso: str) -> str:
    return numbers.day(date.fromisoformat(iso))
