"""Drivers in words: what holds, in the order of the lenses; a ranking only where one may be told; dose and response; the two ends."""

from metrics.analyses.drivers.model import Driver, Drivers, EveryDriver, Met, Share
from metrics.statistics.core import Estimate
from report import numbers
from report.rows.estimates import bounds
from report.sheets.sheet import Mark, Marks, Sheet, Sheets, p_text, refused, sentence
from report.text.catalogue import say
from report.words import words

OUTCOMES = {
    "experience_score": say("drivers.outcomes.experience_score"),
    "relationship_score": say("drivers.outcomes.relationship_score"),
    "repeat_purchase": say("drivers.outcomes.repeat_purchase"),
}
FORMS = tuple(f"{part}_{outcome}" for part in ("drivers", "dose", "ends") for outcome in OUTCOMES)
NAMES = {
    Driver.FRICTION: say("drivers.drivers.friction"),
    Driver.BACKTRACKS: say("drivers.drivers.backtracks"),
    Driver.MISSED: say("drivers.drivers.missed"),
    Driver.LATE: say("drivers.drivers.late"),
    Driver.WAIT: say("drivers.drivers.wait"),
    Driver.CONTACTS: say("drivers.drivers.contacts"),
    Driver.SLOW_REPLY: say("drivers.drivers.slow_reply"),
}
LAGS = {
    "in the moment": say("drivers.what.lag_in_the_moment"),
    "fresh": say("drivers.what.lag_fresh"),
    "recalled": say("drivers.what.lag_recalled"),
    "remote": say("drivers.what.lag_remote"),
    "delivery": say("drivers.what.lag_delivery"),
}
LENSES = (say("drivers.head.interaction"), say("drivers.head.service"))


def tell(made: EveryDriver) -> Sheets:
    """Every outcome's drivers, their dose and response, and what the two ends had met."""
    sheets: list[Sheet] = []
    for one in made.each:
        if one.refused:
            sheets.append(_refused(one))
            continue
        sheets.append(_shares(one))
        sheets += [_doses(one)] if one.doses else []
        sheets += [_ends(one)] if one.met else []
    said = next((_holds(one, share) for one in made.each for share in _told(one)), say("drivers.what.title"))
    return Sheets(
        "drivers",
        made.query,
        said + ".",
        say("drivers.what.standfirst", span=words.span(made.query.start, made.query.end)),
        tuple(sheets),
        made.warnings,
    )


def _refused(one: Drivers) -> Sheet:
    sheet = refused(f"drivers_{one.outcome}", one.refused)
    return Sheet(sheet.form, sheet.key, f"{words.capital(OUTCOMES[one.outcome])}: {sheet.title}", sheet.what, foot=_people(one) if one.asked else "")  # fmt: skip


def _told(one: Drivers) -> list[Share]:
    """Those that hold; strongest first where an order may be told, else in the order of the lenses."""
    kept = [share for share in one.shares if share.holds]
    return sorted(kept, key=lambda share: -(share.part.value or 0.0)) if one.order else kept


def _holds(one: Drivers, share: Share) -> str:
    effect = {
        "driver": words.capital(NAMES[share.driver]),
        "outcome": OUTCOMES[one.outcome],
        "effect": _size(one, abs(share.effect.value or 0.0)),
        "interval": _interval(one, share.effect),
    }
    down = (share.effect.value or 0.0) < 0
    return say("drivers.what.holds", **effect) if down else say("drivers.what.holds_up", **effect)


def _size(one: Drivers, value: float, plus: bool = False) -> str:
    if one.outcome == "repeat_purchase":
        return say("drivers.what.unit_share", value=numbers.fixed(100 * value, 1, plus=plus))
    return say("drivers.what.unit_score", value=numbers.fixed(value, 2, plus=plus))


def _interval(one: Drivers, found: Estimate) -> str:
    unit = "rate" if one.outcome == "repeat_purchase" else "score"
    return numbers.interval(found.low, found.high, unit, plus=True, digits=1 if unit == "rate" else 2)


def _change(one: Drivers, found: Estimate | None) -> str:
    if found is None or found.value is None:
        return numbers.NONE
    return f"{_size(one, found.value, plus=True)} ({_interval(one, found)})"


def _people(one: Drivers) -> str:
    if one.days:
        return say(
            "drivers.what.people_orders",
            persons=numbers.whole(one.persons),
            asked=numbers.whole(one.asked),
            days=one.days,
        )
    said = say(
        "drivers.what.people",
        persons=numbers.whole(one.persons),
        asked=numbers.whole(one.asked),
        lag=LAGS.get(one.lag, one.lag),
        linked=numbers.percent(one.linked),
    )
    others = [f"{LAGS.get(name, name)} {numbers.whole(n)}" for name, n in one.lags if name != one.lag]
    return sentence([said, say("drivers.what.other_lags", lags=", ".join(others)) if others else ""])


def _order(one: Drivers) -> str:
    r2 = one.r2 or Estimate(None)
    shown = {
        "r2": numbers.percent(max(r2.value or 0.0, 0.0), 1),
        "interval": numbers.interval(max(r2.low or 0.0, 0.0), max(r2.high or 0.0, 0.0), "rate"),
    }
    if one.order:
        return say("drivers.what.order", controls=numbers.percent(one.r2_controls, 1), **shown)
    return say("drivers.what.no_order", top=numbers.percent(one.top), **shown)


def _shares(one: Drivers) -> Sheet:
    told, outcome = _told(one), OUTCOMES[one.outcome]
    title = (
        say("drivers.what.some", count=len(told), drivers=words.capital(_listed(told)), outcome=outcome)
        if told
        else say("drivers.what.none", outcome=outcome)
    )
    rows = sorted(one.shares, key=lambda share: -(share.part.value or 0.0)) if one.order else list(one.shares)
    left = ", ".join(NAMES[name] for name in one.left_out)
    return Sheet(
        f"drivers_{one.outcome}",
        f"drivers_{one.outcome}",
        title,
        sentence([_people(one), _order(one)]),
        (
            say("drivers.head.driver"),
            say("drivers.head.lens"),
            say("drivers.head.met"),
            say("drivers.head.effect"),
            say("drivers.head.part"),
            say("drivers.head.tested"),
            say("drivers.head.holds"),
        ),
        tuple(_row(one, share) for share in rows),
        tuple(
            {
                "outcome": one.outcome,
                "driver": str(share.driver),
                "block": share.block + 1,
                "met": share.met,
                **bounds("effect", share.effect),
                **bounds("part_of_r2", share.part),
                "p_holm": share.p,
                "p_permutation": share.chance,
                "holds": share.holds,
                "order_told": one.order,
                "n": one.persons,
                "linked": one.linked,
            }
            for share in rows
        ),
        sentence([say("drivers.what.how"), say("drivers.what.left_out", drivers=left) if left else ""]),
        text_columns=2,
        marks=Marks(
            "rate" if one.outcome == "repeat_purchase" else "score",
            tuple(
                Mark(
                    words.capital(NAMES[share.driver]),
                    share.effect.value or 0.0,
                    share.effect.low,
                    share.effect.high,
                    numbers.fixed((100 if one.outcome == "repeat_purchase" else 1) * (share.effect.value or 0.0), 2, plus=True),
                    "ux" if share.block == 0 else "both",
                )
                for share in rows
            ),
        ),
    )  # fmt: skip


def _row(one: Drivers, share: Share) -> tuple[str, ...]:
    part = numbers.percent(share.part.value, 1)
    return (
        words.capital(NAMES[share.driver]),
        LENSES[share.block],
        numbers.percent(share.met),
        _change(one, share.effect),
        f"{part} ({numbers.interval(share.part.low, share.part.high, 'rate', digits=1)})",
        p_text(share.p),
        say("drivers.head.yes") if share.holds else say("drivers.head.no"),
    )


def _doses(one: Drivers) -> Sheet:
    last = one.doses[-1]
    found = last.difference or Estimate(None)
    value = {"value": _size(one, abs(found.value or 0.0)), "least": last.least}
    if found.high is not None and found.high < 0:
        text = say("drivers.dose.lower", **value)
    elif found.low is not None and found.low > 0:
        text = say("drivers.dose.higher", **value)
    else:
        text = say("drivers.dose.unsure")
    scale = 100 if one.outcome == "repeat_purchase" else 1
    return Sheet(
        f"dose_{one.outcome}",
        f"dose_{one.outcome}",
        say("drivers.dose.title", outcome=OUTCOMES[one.outcome], text=text),
        say("drivers.dose.what"),
        (
            say("drivers.head.dose"),
            say("drivers.head.people"),
            say("drivers.head.mean"),
            say("drivers.head.difference"),
        ),
        tuple(
            (
                _dose(dose.least, dose.open),
                numbers.whole(dose.persons),
                numbers.percent(dose.mean, 1) if scale == 100 else numbers.fixed(dose.mean, 2),
                _change(one, dose.difference),
            )
            for dose in one.doses
        ),
        tuple(
            {
                "outcome": one.outcome,
                "frictions": dose.least,
                "and_more": dose.open,
                "people": dose.persons,
                "mean": dose.mean,
                **bounds("difference", dose.difference),
            }
            for dose in one.doses
        ),
        marks=Marks(
            "rate" if scale == 100 else "score",
            tuple(
                Mark(
                    _dose(dose.least, dose.open),
                    dose.difference.value or 0.0,
                    dose.difference.low,
                    dose.difference.high,
                    numbers.fixed(scale * (dose.difference.value or 0.0), 2, plus=True),
                    "ux",
                )
                for dose in one.doses
                if dose.difference
            ),
        ),
    )


def _dose(least: int, more: bool) -> str:
    if not least:
        return say("drivers.head.none")
    return say("drivers.head.and_more", least=least) if more else say("drivers.head.exactly", least=least)


def _ends(one: Drivers) -> Sheet:
    orders = one.outcome == "repeat_purchase"
    high = say("drivers.ends.came_back") if orders else say("drivers.ends.promoters")
    low = say("drivers.ends.stayed_away") if orders else say("drivers.ends.detractors")
    more = [met for met in one.met if met.holds and (met.difference.value or 0.0) > 0]
    title = (
        say("drivers.ends.title", low=low, high=high, drivers=", ".join(NAMES[met.driver] for met in more))
        if more
        else words.capital(say("drivers.ends.nothing", low=low, high=high))
    )
    counted = {"high_n": numbers.whole(one.ends[0]), "low_n": numbers.whole(one.ends[1])}
    return Sheet(
        f"ends_{one.outcome}",
        f"ends_{one.outcome}",
        title,
        say("drivers.ends.what_orders", **counted) if orders else say("drivers.ends.what", high=high, low=low, **counted),
        (
            say("drivers.head.driver"),
            say("drivers.head.came_back") if orders else say("drivers.head.high"),
            say("drivers.head.stayed_away") if orders else say("drivers.head.low"),
            say("drivers.head.gap"),
            say("drivers.head.holds"),
        ),
        tuple(_met(met) for met in one.met),
        tuple(
            {
                "outcome": one.outcome,
                "met": str(met.driver),
                "high_end": met.high,
                "low_end": met.low,
                **bounds("difference", met.difference),
                "q": met.q,
                "holds": met.holds,
            }
            for met in one.met
        ),
    )  # fmt: skip


def _met(met: Met) -> tuple[str, ...]:
    gap = met.difference
    text = numbers.NONE
    if gap.value is not None:
        text = f"{numbers.difference(gap.value, 'rate', plus=True)} ({numbers.interval(gap.low, gap.high, 'rate', plus=True)})"
    return (
        words.capital(NAMES[met.driver]),
        numbers.percent(met.high, 1),
        numbers.percent(met.low, 1),
        text,
        say("drivers.head.yes") if met.holds else say("drivers.head.no"),
    )


def _listed(shares: list[Share]) -> str:
    return words.listed([NAMES[share.driver] for share in shares])
