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


def open_decisions(frame: Frame) -> Signed:
    """The decisions of the journey that are not closed, by stage and metric; none where the users' records cannot be read."""
    if not _shown():
        return {}
    try:
        held = records().all()
    except UserError:
        return {}
    mine = [one for one in held if one.journey == frame.query.journey and one.status in ("open", "in progress")]
    return {(one.stage, one.metric): one for one in mine}


def _shown() -> bool:
    """Whether whoever looks sees decisions: they are about everybody."""
    looking = viewer.current()
    return viewer.may_see("decisions", looking) and not looking.rights.limits


def line(finding: Finding, signed: Signed, frame: Frame) -> str:
    """One line of HTML below a finding that can be signed."""
    silent = finding.kind == INFORMATION or finding.stage is None or finding.metric is None or frame.query.filters
    if silent or not _shown():
        return ""
    link = escape(frame.link("decisions"))
    one = signed.get((finding.stage, finding.metric))
    if one is None:
        return say("ui.decided.sign_it_as_a_decision", link=link)
    due = numbers.day(date.fromisoformat(one.due))
    late = say("ui.decided.overdue") if date.fromisoformat(one.due) < date.today() else ""
    said = say("ui.decided.signed_due", x=one.owner or one.signed_by, due=due, late=late)
    return f'<p class="step"><a href="{link}" target="_self">{escape(said)}</a></p>'
