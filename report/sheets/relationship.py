"""The long game in words: second purchases, the company's own windows, tenure, moves between answers, and who comes back."""

from metrics.analyses.relationship.model import After, Cohort, Migration, Relationship, Tenure
from report import numbers
from report.rows.estimates import bounds
from report.sheets.sheet import (
    Curve,
    Curves,
    Mark,
    Marks,
    Sheet,
    Sheets,
    caveats,
    change,
    level,
    p_text,
    refused,
    sentence,
)
from report.text.catalogue import say
from report.words import words

CLASSES = (
    say("sheets.relationship.promoter"),
    say("sheets.relationship.passive"),
    say("sheets.relationship.detractor"),
)
THINGS = {
    "asked_for_help": say("sheets.relationship.asked_for_help"),
    "friction": say("sheets.relationship.friction"),
    "promise_broken": say("sheets.relationship.promise_broken"),
    "bought": say("sheets.relationship.bought"),
}
HELD = {
    "way": say("sheets.relationship.held_way"),
    "task": say("sheets.relationship.held_task"),
    "touch_channel": say("sheets.relationship.held_channel"),
    "segment": say("sheets.relationship.held_segment"),
    "earlier_orders": say("sheets.relationship.held_orders"),
    "quarter": say("sheets.relationship.held_quarter"),
}
Q = 0.05  # of the things between answers that are told: the share that may be there by chance
SURE = 0.01  # p below which the shares of the classes are said to have changed


def sheets_of(relationship: Relationship) -> Sheets:
    """What can be told, and why the rest cannot."""
    reasons = dict(relationship.reasons)
    sheets = [
        _second(relationship) if relationship.cohorts else refused("second_purchase", reasons.get("purchases")),
        *([_windows(relationship)] if relationship.windows else []),
        _tenure(relationship) if relationship.tenure else refused("tenure", reasons.get("tenure")),
        _moves(relationship.migration) if relationship.migration else refused("nps_moves", reasons.get("migration")),
        *([_between(relationship)] if relationship.between else []),
        _after(relationship) if relationship.after else refused("after_unhappy", reasons.get("after")),
    ]
    return Sheets("relationship", relationship.query, _title(relationship), say("sheets.relationship.standfirst"), tuple(sheets), relationship.warnings)  # fmt: skip


def _title(relationship: Relationship) -> str:
    said = [_second_title(relationship) + "."] if relationship.cohorts else []
    if relationship.migration is not None:
        p = relationship.migration.test.p
        sure = p is not None and p < SURE
        said.append(
            say("sheets.relationship.moved", change=change(relationship.migration.change, "points"))
            if sure
            else say("sheets.relationship.unmoved")
        )
    return sentence(said) or say("sheets.relationship.nothing")


def _window(relationship: Relationship) -> int:
    return relationship.windows.window if relationship.windows else 90


def _second_title(relationship: Relationship) -> str:
    every = relationship.cohorts[0]
    if every.median.value is not None:
        return say("sheets.relationship.half_again", days=numbers.whole(round(every.median.value)))
    if every.again.value is not None:
        return say(
            "sheets.relationship.share_again", share=numbers.percent(every.again.value), days=_window(relationship)
        )
    return say("sheets.relationship.second_purchase")


def _second(relationship: Relationship) -> Sheet:
    curves = tuple(
        Curve(_cohort(one), one.curve.days, one.curve.share, one.curve.low, one.curve.high, "cx") for one in relationship.cohorts[:1]
    )  # fmt: skip
    foot = [say("sheets.relationship.km"), say("sheets.relationship.convention") if not relationship.windows else "", caveats(relationship.warnings)]  # fmt: skip
    return Sheet(
        "second_purchase",
        "second_purchase",
        _second_title(relationship) + ".",
        say("sheets.relationship.what_second", people=numbers.whole(relationship.cohorts[0].people)),
        (
            say("sheets.relationship.cohort"),
            say("sheets.relationship.people"),
            say("sheets.relationship.again_within", days=_window(relationship)),
            say("sheets.relationship.half_by"),
        ),
        tuple(
            (_cohort(one), numbers.whole(one.people), level(one.again, "rate"), _days(one))
            for one in relationship.cohorts
        ),
        tuple(
            {
                "cohort": one.quarter.isoformat() if one.quarter else "all",
                "people": one.people,
                "window_days": _window(relationship),
                **bounds("again", one.again),
                **bounds("median_days", one.median),
            }
            for one in relationship.cohorts
        ),
        sentence(foot),
        curves=Curves("rate", curves, steps=True),
        heading=say("sheets.relationship.second_purchase"),
    )


def _cohort(cohort: Cohort) -> str:
    if cohort.quarter is None:
        return say("sheets.relationship.all_new")
    return say("sheets.relationship.quarter", quarter=(cohort.quarter.month + 2) // 3, year=cohort.quarter.year)


def _days(cohort: Cohort) -> str:
    found = cohort.median
    if found.value is None:
        return say("sheets.relationship.not_reached", days=numbers.whole(int(cohort.curve.followed)))
    limits = (
        "" if found.low is None or found.high is None else f" ({numbers.fixed(found.low)}–{numbers.fixed(found.high)})"
    )
    return say("sheets.relationship.days", days=numbers.fixed(found.value)) + limits


def _windows(relationship: Relationship) -> Sheet:
    found = relationship.windows
    assert found is not None
    rows = (
        (say("sheets.relationship.half"), 0.5, found.half),
        (say("sheets.relationship.three_quarters"), 0.75, found.most),
        (say("sheets.relationship.nine_tenths"), 0.9, found.nearly_all),
    )
    return Sheet(
        "repurchase_windows",
        "windows",
        say("sheets.relationship.windows", days=found.window),
        say("sheets.relationship.what_windows", people=numbers.whole(found.people), followed=found.followed),
        (say("sheets.relationship.who_buys_again"), say("sheets.relationship.within_days"), say("sheets.relationship.interval")),
        tuple(
            (label, numbers.fixed(one.value or 0), "–" if one.low is None or one.high is None else f"{numbers.fixed(one.low)}–{numbers.fixed(one.high)}")
            for label, _, one in rows
        ),
        tuple({"share": share, "followed_days": found.followed, "n": found.people, **bounds("days", one)} for _, share, one in rows),
        say("sheets.relationship.why_windows"),
    )  # fmt: skip


def _tenure(relationship: Relationship) -> Sheet:
    marks = tuple(
        Mark(
            band(one), float(one.nps.value or 0.0), one.nps.low, one.nps.high, f"{level(one.nps, 'points')} · n {numbers.whole(one.people)}", "cx"
        )
        for one in relationship.tenure
    )  # fmt: skip
    return Sheet(
        "tenure",
        "tenure",
        say("sheets.relationship.tenure"),
        say("sheets.relationship.what_tenure"),
        (say("sheets.relationship.customer_for"), say("sheets.relationship.people"), say("sheets.relationship.nps")),
        tuple((band(one), numbers.whole(one.people), level(one.nps, "points")) for one in relationship.tenure),
        tuple({"months_from": one.least, "months_below": one.below, "people": one.people, **bounds("nps", one.nps)} for one in relationship.tenure),
        say("sheets.relationship.mind_tenure"),
        marks=Marks("points", marks, zero=False),
    )  # fmt: skip


def band(tenure: Tenure) -> str:
    """Less than 3 months; 3 to 12 months; 36 months and more."""
    if tenure.below is None:
        return say("sheets.relationship.months_more", months=tenure.least)
    if not tenure.least:
        return say("sheets.relationship.months_less", months=tenure.below)
    return say("sheets.relationship.months", least=tenure.least, below=tenure.below)


def _moves_title(migration: Migration) -> str:
    p = p_text(migration.test.p)
    if migration.test.p is not None and migration.test.p < SURE:
        return say("sheets.relationship.shares_changed", p=p, change=change(migration.change, "points"))
    return say("sheets.relationship.shares_unchanged", p=p)


def _moves(migration: Migration) -> Sheet:
    detractors, promoters = sum(migration.table[2]), sum(migration.table[0])
    gone = [
        say("sheets.relationship.detractors_gone", share=numbers.percent(1 - migration.table[2][2] / detractors)) if detractors else "",
        say("sheets.relationship.promoters_gone", share=numbers.percent(1 - migration.table[0][0] / promoters)) if promoters else "",
        say("sheets.relationship.to_and_fro"),
        say("sheets.relationship.in_fives") if migration.in_fives else "",
    ]  # fmt: skip
    return Sheet(
        "nps_moves",
        "moves",
        _moves_title(migration) + ".",
        say("sheets.relationship.what_moves", people=numbers.whole(migration.people), change=change(migration.change, "points")),
        (say("sheets.relationship.before"), *(say("sheets.relationship.now", name=name) for name in CLASSES)),
        tuple((name, *(numbers.whole(cell) for cell in row)) for name, row in zip(CLASSES, migration.table)),
        tuple(
            {"before": before, "promoter": row[0], "passive": row[1], "detractor": row[2], "stuart_maxwell_p": migration.test.p, "bowker_p": migration.symmetry.p}
            for before, row in zip(("promoter", "passive", "detractor"), migration.table)
        ),
        sentence([*gone, say("sheets.relationship.symmetry", p=p_text(migration.symmetry.p))]),
        heading=say("sheets.relationship.moves"),
    )  # fmt: skip


def _between(relationship: Relationship) -> Sheet:
    sure = [one for one in relationship.between if one.q is not None and one.q <= Q]
    title = (
        say("sheets.relationship.between_sure", listed=words.listed([THINGS[one.thing] for one in sure]))
        if sure
        else say("sheets.relationship.between_none")
    )
    return Sheet(
        "between_answers",
        "between",
        title,
        say("sheets.relationship.what_between"),
        (
            say("sheets.relationship.between_head"),
            say("sheets.relationship.people"),
            say("sheets.relationship.detractors_with"),
            say("sheets.relationship.detractors_without"),
            say("sheets.relationship.crude"),
            say("sheets.relationship.alike"),
        ),
        tuple(
            (
                THINGS[one.thing],
                say("sheets.relationship.of", part=numbers.whole(one.people), whole=numbers.whole(one.people + one.others)),
                numbers.percent(one.share),
                numbers.percent(one.share_others),
                numbers.difference(one.share - one.share_others, "rate", plus=True),
                change(one.alike, "rate"),
            )
            for one in relationship.between
        ),
        tuple(
            {
                "thing": one.thing,
                "people": one.people,
                "others": one.others,
                "detractors": one.share,
                "detractors_others": one.share_others,
                "crude": one.share - one.share_others,
                **bounds("alike", one.alike),
                "compared": one.compared,
            }
            for one in relationship.between
        ),
        say("sheets.relationship.mind_between"),
    )  # fmt: skip


def _less_often(one: After) -> bool:
    """Whether they surely come back less often, after correction for every stage looked at."""
    return one.q is not None and one.q <= Q and (one.alike.value or 0.0) < 0


def _after(relationship: Relationship) -> Sheet:
    sure = [one for one in relationship.after if _less_often(one)]
    window = _window(relationship)
    title = (
        say(
            "sheets.relationship.after_sure",
            stage=sure[0].stage,
            alike=change(sure[0].alike, "rate"),
            crude=numbers.difference(sure[0].crude.value, "rate", plus=True),
        )
        if sure
        else say("sheets.relationship.after_none")
    )
    return Sheet(
        "after_unhappy",
        "after",
        title,
        say("sheets.relationship.what_after", days=window),
        (
            say("sheets.relationship.stage"),
            say("sheets.relationship.unhappy_people"),
            say("sheets.relationship.back_unhappy"),
            say("sheets.relationship.back_others"),
            say("sheets.relationship.crude"),
            say("sheets.relationship.alike"),
            say("sheets.relationship.held"),
        ),
        tuple(
            (
                one.stage,
                say("sheets.relationship.of", part=numbers.whole(one.people), whole=numbers.whole(one.people + one.others)),
                numbers.percent(one.back),
                numbers.percent(one.back_others),
                change(one.crude, "rate"),
                change(one.alike, "rate"),
                words.listed([HELD[name] for name in one.held]),
            )
            for one in relationship.after
        ),
        tuple(
            {
                "stage": one.stage,
                "window_days": window,
                "unhappy": one.people,
                "others": one.others,
                "back_unhappy": one.back,
                "back_others": one.back_others,
                **bounds("crude", one.crude),
                **bounds("alike", one.alike),
                "p": one.p,
                "q": one.q,
                "held_equal": ", ".join(one.held),
                "compared": one.compared,
            }
            for one in relationship.after
        ),
        say("sheets.relationship.mind_after"),
    )  # fmt: skip
