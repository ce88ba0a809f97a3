"""Support in words: requests that followed friction beyond the expected, waiting for a reply, what people ask about."""

from metrics.analyses.support.model import ExcessContacts, LateReply, RequestReason, Support
from metrics.codes import WarningCode
from report import numbers
from report.rows.estimates import bounds
from report.sheets.sheet import Mark, Marks, Sheet, Sheets, caveats, change, level, refused, sentence
from report.text.catalogue import say
from report.words import words
from report.words.warnings import warning_text

BANDS = (
    say("sheets.support.up_to_4"),
    say("sheets.support.up_to_24"),
    say("sheets.support.up_to_72"),
    say("sheets.support.longer"),
)
HELD = {
    "way": say("sheets.support.held_way"),
    "category": say("sheets.support.held_category"),
    "via": say("sheets.support.held_via"),
    "priority": say("sheets.support.held_priority"),
    "quarter": say("sheets.support.held_quarter"),
}
Q = 0.05  # of the stages told: the share that may be there by chance
TOLD = (WarningCode.HIDDEN_CAUSE, WarningCode.NEGATIVE_CONTROL, WarningCode.NEGATIVE_CONTROL_FAILED, WarningCode.UNKNOWN_SENDERS)  # fmt: skip


def sheets_of(support: Support) -> Sheets:
    """What can be told, and why the rest cannot."""
    reasons = dict(support.reasons)
    sheets = (
        _followed(support) if support.followed else refused("after_friction", reasons.get("friction")),
        _waiting(support) if support.handling else refused("first_reply", reasons.get("handling")),
        _later(support.later) if support.later else refused("reply_and_relationship", reasons.get("later")),
        _asked(support) if support.asked else refused("reasons_of_contact", reasons.get("asked")),
    )
    titles = [sheet.title for sheet in sheets[:1] if support.followed] + [
        sheets[1].title for _ in [0] if support.handling
    ]
    return Sheets("support", support.query, sentence(titles[:1]) or say("sheets.support.title"), say("sheets.support.standfirst", span=words.span(support.query.start, support.query.end)), sheets, support.warnings)  # fmt: skip


def _sure(followed: ExcessContacts) -> bool:
    """More than comparable visits, after correction for every stage looked at."""
    return followed.q is not None and followed.q <= Q and (followed.cell.value or 0.0) > 0


def _most(support: Support) -> ExcessContacts | None:
    sure = [one for one in support.followed if _sure(one)]
    return max(sure, key=lambda one: one.requests.value or 0.0, default=None)


def _followed(support: Support) -> Sheet:
    top = _most(support)
    title = say("sheets.support.none_followed")
    if top is not None:
        requests = _count(top.requests.value)
        title = say(
            "sheets.support.followed",
            stage=top.stage,
            more=numbers.difference(top.cell.value, "rate"),
            requests=requests,
            cost=say("sheets.support.about", cost=numbers.value(top.cost.value, "money")) if top.cost else "",
        )
    return Sheet(
        "after_friction",
        "after_friction",
        title,
        say("sheets.support.what_followed"),
        (
            say("sheets.support.stage"),
            say("sheets.support.visits"),
            say("sheets.support.observed"),
            say("sheets.support.expected"),
            say("sheets.support.beyond"),
            say("sheets.support.crude"),
            say("sheets.support.requests"),
            say("sheets.support.cost"),
        ),
        tuple(_row(one) for one in support.followed),
        tuple(_record(one) for one in support.followed),
        sentence([_mind(top) if top else "", say("sheets.support.mind_followed"), caveats(support.warnings)]),
        heading=say("sheets.support.after_friction"),
        marks=Marks(
            "rate",
            tuple(
                Mark(one.stage, float(one.cell.value or 0.0), one.cell.low, one.cell.high, change(one.cell, "rate"), "cx")
                for one in support.followed
            ),
        ),
    )  # fmt: skip


def _like(followed: ExcessContacts) -> dict[str, float | None]:
    return next(
        (dict(said.numbers) for said in followed.cell.warnings if said.code is WarningCode.EXPECTED_OF_LIKE), {}
    )


def _row(followed: ExcessContacts) -> tuple[str, ...]:
    like = _like(followed)
    return (
        followed.stage,
        numbers.whole(followed.cell.n),
        numbers.percent(like.get("observed"), 1),
        numbers.percent(like.get("expected"), 1),
        change(followed.cell, "rate"),
        numbers.difference(like.get("crude"), "rate", plus=True),
        _range(followed.requests.value, followed.requests.low, followed.requests.high),
        numbers.NONE if followed.cost is None else f"{numbers.value(followed.cost.value, 'money')} ({numbers.interval(followed.cost.low, followed.cost.high, 'money')})",
    )  # fmt: skip


def _count(value: float | None) -> str:
    return numbers.NONE if value is None else numbers.whole(round(value))


def _range(value: float | None, low: float | None, high: float | None) -> str:
    return _count(value) if low is None else f"{_count(value)} ({_count(low)} … {_count(high)})"


def _record(followed: ExcessContacts) -> dict[str, object]:
    like = _like(followed)
    return {
        "stage": followed.stage,
        "visits_with_friction": followed.cell.n,
        "observed": like.get("observed"),
        "expected": like.get("expected"),
        "crude": like.get("crude"),
        "beyond": followed.cell.value,
        "beyond_low": followed.cell.low,
        "beyond_high": followed.cell.high,
        **bounds("requests_a_year", followed.requests),
        "cost_each": followed.each,
        **bounds("cost_a_year", followed.cost),
    }


def _mind(followed: ExcessContacts) -> str:
    said = [warning_text(each) for each in followed.cell.warnings if each.code in TOLD]
    told = [words.as_sentence(text) for text in said if text]
    return sentence([say("sheets.support.of_stage", stage=followed.stage), *told]) if told else ""


def _waiting(support: Support) -> Sheet:
    found = support.handling
    assert found is not None
    return Sheet(
        "first_reply",
        "first_reply",
        _late_title(found, say("sheets.support.late_sure", more=change(found.alike, "rate")), say("sheets.support.late_none")),
        say("sheets.support.what_waiting"),
        (say("sheets.support.first_reply"), say("sheets.support.people"), say("sheets.support.unhappy")),
        tuple((BANDS[one.band], numbers.whole(one.people), level(one.unhappy, "rate")) for one in support.waited),
        tuple({"band": one.band, "people": one.people, **bounds("unhappy", one.unhappy)} for one in support.waited),
        sentence([_compared(found), say("sheets.support.mind_waiting")]),
        marks=Marks(
            "rate",
            tuple(
                Mark(BANDS[one.band], float(one.unhappy.value or 0.0), one.unhappy.low, one.unhappy.high, f"{level(one.unhappy, 'rate')} · n {numbers.whole(one.people)}", "cx")
                for one in support.waited
            ),
            zero=False,
        ),
    )  # fmt: skip


def _late_title(found: LateReply, sure: str, none: str) -> str:
    return sure if found.alike.low is not None and found.alike.low > 0 else none


def _compared(found: LateReply) -> str:
    return say(
        "sheets.support.compared",
        people=numbers.whole(found.people),
        others=numbers.whole(found.others),
        unhappy=numbers.percent(found.unhappy),
        unhappy_others=numbers.percent(found.unhappy_others),
        crude=change(found.crude, "rate"),
        alike=change(found.alike, "rate"),
        held=words.listed([HELD[name] for name in found.held]),
    )


def _later(found: LateReply) -> Sheet:
    return Sheet(
        "reply_and_relationship",
        "later",
        _late_title(found, say("sheets.support.later_sure", more=change(found.alike, "rate")), say("sheets.support.later_none")),
        say("sheets.support.what_later"),
        (
            say("sheets.support.first_reply"),
            say("sheets.support.people"),
            say("sheets.support.detractors"),
            say("sheets.support.crude"),
            say("sheets.support.alike"),
        ),
        (
            (say("sheets.support.above_24"), numbers.whole(found.people), numbers.percent(found.unhappy), change(found.crude, "rate"), change(found.alike, "rate")),
            (say("sheets.support.within_24"), numbers.whole(found.others), numbers.percent(found.unhappy_others), numbers.NONE, numbers.NONE),
        ),
        (
            {"first_reply": "above 24 h", "people": found.people, "detractors": found.unhappy, **bounds("crude", found.crude), **bounds("alike", found.alike)},
            {"first_reply": "within 24 h", "people": found.others, "detractors": found.unhappy_others},
        ),
        say("sheets.support.mind_later"),
    )  # fmt: skip


def _asked(support: Support) -> Sheet:
    top = support.asked[0]
    return Sheet(
        "reasons_of_contact",
        "asked",
        say("sheets.support.most_asked", reason=_reason(top), stage=top.stage, tickets=numbers.whole(top.tickets)),
        say("sheets.support.what_asked"),
        (
            say("sheets.support.reason"),
            say("sheets.support.stage"),
            say("sheets.support.tickets"),
            say("sheets.support.people"),
            say("sheets.support.share"),
            say("sheets.support.cost_of_them"),
        ),
        tuple(
            (
                _reason(one),
                one.stage,
                numbers.whole(one.tickets),
                numbers.whole(one.persons),
                numbers.percent(one.share),
                numbers.value(one.cost, "money"),
            )
            for one in support.asked
        ),
        tuple({"reason": one.reason, "stage": one.stage, "tickets": one.tickets, "people": one.persons, "share_of_stage": one.share, "cost": one.cost} for one in support.asked),
        say("sheets.support.mind_asked"),
        text_columns=2,
    )  # fmt: skip


def _reason(one: RequestReason) -> str:
    return one.reason.replace("_", " ")
