"""A digest of the overview for an audience: headline, findings with their owners, main numbers, small print. Text and HTML."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

from charts import tokens
from data.errors import UserError
from data.store.generations import Generation
from exports.cards.card import Card, card_of, shown, small_print
from exports.cards.safe import one_line, plain
from metrics.analyses.changes import Change
from metrics.compute.run import run
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import resolve
from metrics.query.result import Cell, State
from report import numbers, placement
from report.address import link_to
from report.findings.asked import period_findings
from report.findings.finding import Finding
from report.text.catalogue import say
from report.words import change_words, words
from report.words.reasons import reason_text

EVERYONE = "everyone"
APART = (  # lines of a card's small print that differ from card to card
    say("exports.card.shown"),
    say("exports.card.n"),
    say("exports.card.interval"),
    say("exports.card.metric"),
    say("exports.card.link"),
)


@dataclass(frozen=True)
class Digest:
    """`text` for a plain mail, `html` for a rich one: a whole page without a request to anywhere."""

    subject: str
    text: str
    html: str


News = Callable[[list[Finding], dict[str, str]], list[str]]


def build(
    query: Query, generation: Generation, audience: str = EVERYONE, address: str = "", news: News | None = None
) -> Digest:
    """The digest of a period. `audience` is everyone, or an owner named in journey.toml, who gets what their stages need. `news` says
    of the findings and the main numbers what is new since the last one.

    Raises UserError for an audience nobody is.
    """
    known = context.read(generation)
    query = resolve(replace(query, metrics=(placement.role("completed"),)), known)
    owners = {owner for (journey, _), owner in known.owners.items() if journey == query.journey}
    if audience != EVERYONE and audience not in owners:
        raise UserError(
            say("exports.digest.there_is_no_such_audience"),
            where="--audience",
            found=audience,
            allowed=", ".join([EVERYONE, *sorted(owners)]),
        )
    told = period_findings(query, generation)
    moved, found = told.moved, told.findings
    if audience != EVERYONE:
        found = [finding for finding in found if finding.owner == audience]
    cards = _numbers(query, generation, address, moved)
    none = change_words.none(moved) if query.compare else say("exports.digest.no_change_is_told_not_compared")
    subject = found[0].claim if found else f"{none}."
    subject = one_line(f"{known.company}: {subject}")  # a mail's head ends with its line
    link = link_to(replace(query, by=("stage",)), "throughline", address).replace("/journey?", "/overview?")
    lines = news(found, {card.definitions[0].label: _said(card) for card in cards}) if news else []
    return Digest(
        subject,
        plain(_text(subject, found, cards, audience, link, none, lines)),
        plain(_html(subject, found, cards, audience, link, none, lines)),
    )


def _numbers(query: Query, generation: Generation, address: str, changes: list[Change]) -> list[Card]:
    """One card a main number that this journey has."""
    cards = [
        card_of(run(replace(query, metrics=(metric,), by=()), generation), "breakdown", address, changes=changes)
        for metric in placement.shown("digest")
    ]
    return [
        card
        for card in cards
        if card.result.cells[0].state not in (State.NOT_COLLECTED, State.NOT_ASKED, State.NOT_APPLICABLE, State.REFUSED)
    ]


def _said(card: Card) -> str:
    """Value with interval and n, and the change with its interval."""
    cell: Cell = card.result.cells[0]
    definition = card.definitions[0]
    if not cell.valued:
        return words.state_word(cell)
    text = f"{words.value(cell.value, definition)} ({words.interval(cell.low, cell.high, definition.unit)}, n {numbers.whole(cell.n)})"
    text += (
        say("exports.digest.rough_estimate", reason_text=reason_text(cell.reason)) if cell.state is State.FEW else ""
    )
    other = cell.compare
    if other is None or other.diff is None:
        return text
    then = (
        say("exports.digest.the_same_weeks_last_year")
        if card.result.query.compare == "year"
        else say("exports.digest.the_period_before")
    )
    gap = numbers.difference(other.diff, definition.unit, plus=True, digits=None if definition.unit == "seconds" else 1)
    return say(
        "exports.digest.against",
        text=text,
        gap=gap,
        interval=words.interval(other.low, other.high, definition.unit, plus=True),
        then=then,
    )


def _foot(cards: list[Card], link: str) -> list[tuple[str, str]]:
    """The small print of all numbers together: what is common once, metrics and methods of each."""
    if not cards:
        return [(say("exports.digest.link"), link)]
    common = [pair for pair in small_print(cards[0]) if pair[0] not in APART]
    methods = "; ".join(
        f"{card.definitions[0].id} v{card.definitions[0].version}: {card.definitions[0].interval.split(';')[0]}"
        for card in cards
    )
    return [
        (say("exports.digest.shown"), shown(cards[0])),
        *common,
        (say("exports.digest.intervals"), f"{numbers.percent(cards[0].result.query.level)}, {methods}"),
        (say("exports.digest.link"), link),
    ]


def _text(
    subject: str, findings: list[Finding], cards: list[Card], audience: str, link: str, none: str, news: list[str]
) -> str:
    lines = [subject, "=" * min(len(subject), 72), ""]
    lines += [say("exports.digest.since_the_last"), *(f"  * {line}" for line in news), ""] if news else []
    lines += [say("exports.digest.for", audience=audience), ""] if audience != EVERYONE else []
    for finding in findings:
        owner = f" [{finding.owner}]" if finding.owner else ""
        step = [f"    → {finding.owner or say('exports.digest.next')}: {finding.step}"] if finding.step else []
        worth = [f"    {finding.worth}"] if finding.worth else []
        lines += [f"{finding.label.upper()}  {finding.claim}{owner}", f"    {finding.evidence}", *worth, *step, ""]
    lines += (
        []
        if findings
        else [say("exports.digest.no_finding_in_this_period_in", none=none[0].lower(), none2=none[1:]), ""]
    )
    lines += [f"{card.definitions[0].label}: {_said(card)}" for card in cards]
    return "\n".join([*lines, "", *(f"{name}: {text}" for name, text in _foot(cards, link))]) + "\n"


def _html(
    subject: str, findings: list[Finding], cards: list[Card], audience: str, link: str, none: str, news: list[str]
) -> str:
    colours = tokens.palette("light")
    ink, muted, rule, alert, paper = (
        colours[token] for token in (tokens.INK, tokens.MUTED, tokens.RULE, tokens.ALERT, tokens.PAPER)
    )
    items = "".join(
        f'<li style="margin:0 0 12px"><b style="color:{alert if f.kind == "urgent" else muted}">{escape(f.label.capitalize())}</b> '
        f'{escape(f.claim)}{f" <i>{escape(f.owner)}</i>" if f.owner else ""}<br><span style="color:{muted}">{escape(f.evidence)}</span>{_worth(f)}{_next(f)}</li>'
        for f in findings
    ) or say("exports.digest.in_no_stage_do_ux_and", none=escape(none))
    told = "".join(f"<li>{escape(line)}</li>" for line in news)
    told = f"<p><b>{escape(say('exports.digest.since_the_last'))}</b></p><ul>{told}</ul>" if news else ""
    rows = "".join(
        f'<tr><th scope="row" style="text-align:left;padding:6px 16px 6px 0;border-bottom:1px solid {rule}">{escape(card.definitions[0].label)}</th>'
        f'<td style="padding:6px 0;border-bottom:1px solid {rule}">{escape(_said(card))}</td></tr>'
        for card in cards
    )
    foot = "<br>".join(
        f"{escape(name)}: {_linked(text) if name == say('exports.digest.link') else escape(text)}"
        for name, text in _foot(cards, link)
    )
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(subject)}</title></head><body style="margin:0;background:{paper};color:{ink};font:16px/1.5 sans-serif"><main style="max-width:640px;margin:0 auto;padding:24px"><h1 style="font:600 26px/1.2 Georgia,serif;margin:0 0 16px">{escape(subject)}</h1>{told}{(say("exports.digest.for_2", audience=escape(audience)) if audience != EVERYONE else "")}<ul style="padding-left:20px">{items}</ul><table style="border-collapse:collapse;width:100%">{rows}</table><p style="color:{muted};font-size:12px">{foot}</p></main></body></html>"""


def _worth(finding: Finding) -> str:
    """What it is worth, on a line of its own."""
    return f"<br>{escape(finding.worth)}" if finding.worth else ""


def _next(finding: Finding) -> str:
    return (
        f"<br>→ <b>{escape(finding.owner or say('exports.digest.next'))}</b>: {escape(finding.step)}"
        if finding.step
        else ""
    )


def _linked(link: str) -> str:
    return f'<a href="{escape(link)}">{escape(link)}</a>' if link.startswith(("http://", "https://")) else escape(link)
