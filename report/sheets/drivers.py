"""Drivers in words: what holds, in the order of the lenses; a ranking only where one may be told; dose and response; the two ends."""

from metrics.analyses.drivers.model import Driver, Drivers, Encounter, EveryDriver, Share
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


def sheets_of(every_driver: EveryDriver) -> Sheets:
    """Every outcome's drivers, their dose and response, and what the two ends had met."""
    sheets: list[Sheet] = []
    for one in every_driver.each:
        if one.refused:
            sheets.append(_refused(one))
            continue
        sheets.append(_shares(one))
        sheets += [_doses(one)] if one.doses else []
        sheets += [_ends(one)] if one.met else []
    said = next((_holds(one, share) for one in every_driver.each for share in _told(one)), say("drivers.what.title"))
    return Sheets(
        "drivers",
        every_driver.query,
        said + ".",
        say("drivers.what.standfirst", span=words.span(every_driver.query.start, every_driver.query.end)),
        tuple(sheets),
        every_driver.warnings,
    )


def _refused(drivers: Drivers) -> Sheet:
    sheet = refused(f"drivers_{drivers.outcome}", drivers.refused)
    return Sheet(sheet.form, sheet.key, f"{words.capitalised(OUTCOMES[drivers.outcome])}: {sheet.title}", sheet.what, foot=_people(drivers) if drivers.asked else "")  # fmt: skip


def _told(drivers: Drivers) -> list[Share]:
    """Those that hold; strongest first where an order may be told, else in the order of the lenses."""
    kept = [share for share in drivers.shares if share.holds]
    return sorted(kept, key=lambda share: -(share.part.value or 0.0)) if drivers.order else kept


def _holds(drivers: Drivers, share: Share) -> str:
    effect = {
        "driver": words.capitalised(NAMES[share.driver]),
        "outcome": OUTCOMES[drivers.outcome],
        "effect": _size(drivers, abs(share.effect.value or 0.0)),
        "interval": _interval(drivers, share.effect),
    }
    down = (share.effect.value or 0.0) < 0
    return say("drivers.what.holds", **effect) if down else say("drivers.what.holds_up", **effect)


def _size(drivers: Drivers, value: float, plus: bool = False) -> str:
    if drivers.outcome == "repeat_purchase":
        return say("drivers.what.unit_share", value=numbers.fixed(100 * value, 1, plus=plus))
    return say("drivers.what.unit_score", value=numbers.fixed(value, 2, plus=plus))


def _interval(drivers: Drivers, estimate: Estimate) -> str:
    unit = "rate" if drivers.outcome == "repeat_purchase" else "score"
    return numbers.interval(estimate.low, estimate.high, unit, plus=True, digits=1 if unit == "rate" else 2)


def _change(drivers: Drivers, estimate: Estimate | None) -> str:
    if estimate is None or estimate.value is None:
        return numbers.NONE
    return f"{_size(drivers, estimate.value, plus=True)} ({_interval(drivers, estimate)})"


def _people(drivers: Drivers) -> str:
    if drivers.days:
        return say(
            "drivers.what.people_orders",
            persons=numbers.whole(drivers.persons),
            asked=numbers.whole(drivers.asked),
            days=drivers.days,
        )
    said = say(
        "drivers.what.people",
        persons=numbers.whole(drivers.persons),
        asked=numbers.whole(drivers.asked),
        lag=LAGS.get(drivers.lag, drivers.lag),
        linked=numbers.percent(drivers.linked),
    )
    others = [f"{LAGS.get(name, name)} {numbers.whole(n)}" for name, n in drivers.lags if name != drivers.lag]
    return sentence([said, say("drivers.what.other_lags", lags=", ".join(others)) if others else ""])


def _order(drivers: Drivers) -> str:
    r2 = drivers.r2 or Estimate(None)
    shown = {
        "r2": numbers.percent(max(r2.value or 0.0, 0.0), 1),
        "interval": numbers.interval(max(r2.low or 0.0, 0.0), max(r2.high or 0.0, 0.0), "rate"),
    }
    if drivers.order:
        return say("drivers.what.order", controls=numbers.percent(drivers.r2_controls, 1), **shown)
    return say("drivers.what.no_order", top=numbers.percent(drivers.top), **shown)


def _shares(drivers: Drivers) -> Sheet:
    told, outcome = _told(drivers), OUTCOMES[drivers.outcome]
    title = (
        say("drivers.what.some", count=len(told), drivers=words.capitalised(_listed(told)), outcome=outcome)
        if told
        else say("drivers.what.none", outcome=outcome)
    )
    rows = (
        sorted(drivers.shares, key=lambda share: -(share.part.value or 0.0)) if drivers.order else list(drivers.shares)
    )
    left = ", ".join(NAMES[name] for name in drivers.left_out)
    return Sheet(
        f"drivers_{drivers.outcome}",
        f"drivers_{drivers.outcome}",
        title,
        sentence([_people(drivers), _order(drivers)]),
        (
            say("drivers.head.driver"),
            say("drivers.head.lens"),
            say("drivers.head.met"),
            say("drivers.head.effect"),
            say("drivers.head.part"),
            say("drivers.head.tested"),
            say("drivers.head.holds"),
        ),
        tuple(_row(drivers, share) for share in rows),
        tuple(
            {
                "outcome": drivers.outcome,
                "driver": str(share.driver),
                "block": share.block + 1,
                "met": share.met,
                **bounds("effect", share.effect),
                **bounds("part_of_r2", share.part),
                "p_holm": share.p,
                "p_permutation": share.chance,
                "holds": share.holds,
                "order_told": drivers.order,
                "n": drivers.persons,
                "linked": drivers.linked,
            }
            for share in rows
        ),
        sentence([say("drivers.what.how"), say("drivers.what.left_out", drivers=left) if left else ""]),
        text_columns=2,
        marks=Marks(
            "rate" if drivers.outcome == "repeat_purchase" else "score",
            tuple(
                Mark(
                    words.capitalised(NAMES[share.driver]),
                    share.effect.value or 0.0,
                    share.effect.low,
                    share.effect.high,
                    numbers.fixed((100 if drivers.outcome == "repeat_purchase" else 1) * (share.effect.value or 0.0), 2, plus=True),
                    "ux" if share.block == 0 else "both",
                )
                for share in rows
            ),
        ),
    )  # fmt: skip


def _row(drivers: Drivers, share: Share) -> tuple[str, ...]:
    part = numbers.percent(share.part.value, 1)
    return (
        words.capitalised(NAMES[share.driver]),
        LENSES[share.block],
        numbers.percent(share.met),
        _change(drivers, share.effect),
        f"{part} ({numbers.interval(share.part.low, share.part.high, 'rate', digits=1)})",
        p_text(share.p),
        say("drivers.head.yes") if share.holds else say("drivers.head.no"),
    )


def _doses(drivers: Drivers) -> Sheet:
    last = drivers.doses[-1]
    found = last.difference or Estimate(None)
    value = {"value": _size(drivers, abs(found.value or 0.0)), "least": last.least}
    if found.high is not None and found.high < 0:
        text = say("drivers.dose.lower", **value)
    elif found.low is not None and found.low > 0:
        text = say("drivers.dose.higher", **value)
    else:
        text = say("drivers.dose.unsure")
    scale = 100 if drivers.outcome == "repeat_purchase" else 1
    return Sheet(
        f"dose_{drivers.outcome}",
        f"dose_{drivers.outcome}",
        say("drivers.dose.title", outcome=OUTCOMES[drivers.outcome], text=text),
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
                _change(drivers, dose.difference),
            )
            for dose in drivers.doses
        ),
        tuple(
            {
                "outcome": drivers.outcome,
                "frictions": dose.least,
                "and_more": dose.open,
                "people": dose.persons,
                "mean": dose.mean,
                **bounds("difference", dose.difference),
            }
            for dose in drivers.doses
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
                for dose in drivers.doses
                if dose.difference
            ),
        ),
    )


def _dose(least: int, more: bool) -> str:
    if not least:
        return say("drivers.head.none")
    return say("drivers.head.and_more", least=least) if more else say("drivers.head.exactly", least=least)


def _ends(drivers: Drivers) -> Sheet:
    orders = drivers.outcome == "repeat_purchase"
    high = say("drivers.ends.came_back") if orders else say("drivers.ends.promoters")
    low = say("drivers.ends.stayed_away") if orders else say("drivers.ends.detractors")
    more = [met for met in drivers.met if met.holds and (met.difference.value or 0.0) > 0]
    title = (
        say("drivers.ends.title", low=low, high=high, drivers=", ".join(NAMES[met.driver] for met in more))
        if more
        else words.capitalised(say("drivers.ends.nothing", low=low, high=high))
    )
    counted = {"high_n": numbers.whole(drivers.ends[0]), "low_n": numbers.whole(drivers.ends[1])}
    return Sheet(
        f"ends_{drivers.outcome}",
        f"ends_{drivers.outcome}",
        title,
        say("drivers.ends.what_orders", **counted) if orders else say("drivers.ends.what", high=high, low=low, **counted),
        (
            say("drivers.head.driver"),
            say("drivers.head.came_back") if orders else say("drivers.head.high"),
            say("drivers.head.stayed_away") if orders else say("drivers.head.low"),
            say("drivers.head.gap"),
            say("drivers.head.holds"),
        ),
        tuple(_met(met) for met in drivers.met),
        tuple(
            {
                "outcome": drivers.outcome,
                "met": str(met.driver),
                "high_end": met.high,
                "low_end": met.low,
                **bounds("difference", met.difference),
                "q": met.q,
                "holds": met.holds,
            }
            for met in drivers.met
        ),
    )  # fmt: skip


def _met(met: Encounter) -> tuple[str, ...]:
    gap = met.difference
    text = numbers.NONE
    if gap.value is not None:
        text = f"{numbers.difference(gap.value, 'rate', plus=True)} ({numbers.interval(gap.low, gap.high, 'rate', plus=True)})"
    return (
        words.capitalised(NAMES[met.driver]),
        numbers.percent(met.high, 1),
        numbers.percent(met.low, 1),
        text,
        say("drivers.head.yes") if met.holds else say("drivers.head.no"),
    )


def _listed(shares: list[Share]) -> str:
    return words.listed([NAMES[share.driver] for share in shares])
