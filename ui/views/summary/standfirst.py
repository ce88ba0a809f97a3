"""The two lines below the Overview's sentence: what it is worth and who has it by when."""

from datetime import date

from report import numbers
from report.findings.finding import Finding
from report.text.catalogue import say
from ui.views.decisions.decided import Signed


def text(needed: list[Finding], signed: Signed | None, mission: str, visited: bool) -> str:
    """Money and owner of the first finding, then the company's mission; what is missing where no visits are recorded."""
    said = [] if visited else [say("pages.overview.what_is_recorded_stage_by_stage")]
    if needed:
        first = needed[0]
        said += [_worth(first), _owner(first, signed)]
    if mission:
        said.append(say("pages.overview.our_mission", mission=mission))
    return " ".join(part for part in said if part)


def _worth(one: Finding) -> str:
    if one.amount:
        return say("ui.summary.worth", amount=one.amount, basis=one.basis)
    return one.worth


def _owner(one: Finding, signed: Signed | None) -> str:
    """Who has it and what they can do next; that nobody has signed it is said only to whoever may see decisions."""
    held = signed.get((one.stage, one.metric)) if signed and one.stage and one.metric else None
    if held is not None:
        due = numbers.day(date.fromisoformat(held.due))
        return say("ui.summary.signed", owner=held.owner or held.signed_by, due=due)
    if not one.owner:
        return ""
    if one.step:
        step = say("ui.summary.next_step", owner=one.owner, step=one.step)
        return step + "." if signed is None else step + say("ui.summary.not_signed")
    return (
        say("ui.summary.with_owner", owner=one.owner) if signed is None else say("ui.summary.unsigned", owner=one.owner)
    )
