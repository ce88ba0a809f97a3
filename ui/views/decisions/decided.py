"""On the Overview: who has taken a finding, or the way to sign it."""

from __future__ import annotations

from datetime import date
from html import escape

from data.errors import UserError
from data.store.decisions import Decision
from report import numbers
from report.findings.finding import INFORMATION, Finding
from report.text.catalogue import say
from ui.session import viewer
from ui.session.state import Frame
from ui.views.decisions.signed import records

Signed = dict[tuple[str, str], Decision]


def open_decisions(frame: Frame) -> Signed | None:
    """The decisions of the journey that are not closed, by stage and metric; none where the users' records cannot be read, and None
    for who does not see decisions: they are about everybody."""
    looking = viewer.current()
    if not viewer.may_see("decisions", looking) or viewer.limited("decisions", looking):
        return None
    kept = records()
    if not kept.file.exists():  # looking at a page makes no file
        return {}
    try:
        held = kept.all()
    except UserError:
        return {}
    mine = [one for one in held if one.journey == frame.query.journey and one.status in ("open", "in progress")]
    return {(one.stage, one.metric): one for one in mine}


def line(finding: Finding, signed: Signed | None, frame: Frame) -> str:
    """One line of HTML below a finding that can be signed."""
    if signed is None or finding.kind == INFORMATION or frame.query.filters or not (finding.stage and finding.metric):
        return ""
    link = escape(frame.link("decisions"))
    one = signed.get((finding.stage, finding.metric))
    if one is None:
        return say("ui.decided.sign_it_as_a_decision", link=link)
    due = numbers.day(date.fromisoformat(one.due))
    late = say("ui.decided.overdue") if date.fromisoformat(one.due) < date.today() else ""
    said = say("ui.decided.signed_due", x=one.owner or one.signed_by, due=due, late=late)
    return f'<p class="step"><a href="{link}" target="_self">{escape(said)}</a></p>'
