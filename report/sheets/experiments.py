"""Experiments in words: first whether people were exposed evenly and answered alike, then each outcome, then the verdict."""

from typing import Any

from metrics.analyses.experiments.model import Experiment, Experiments, Outcome, Response, Side, Standing, Verdict
from metrics.catalogue.load import definition
from metrics.statistics.groups.experiments import Harm
from report import numbers, placement
from report.rows.estimates import bounds
from report.sheets.sheet import (
    Mark,
    Marks,
    Quoted,
    Sheet,
    Sheets,
    caveats,
    change,
    p_text,
    refused,
    sentence,
)
from report.text.catalogue import say
from report.words import words

GAIN = 0.05  # of the variance, below which taking earlier orders out is no gain
HARM = {
    Harm.NO_HARM: say("sheets.experiments.no_harm"),
    Harm.HARM: say("sheets.experiments.harm"),
    Harm.NOT_EXCLUDED: say("sheets.experiments.harm_not_excluded"),
    Harm.UNKNOWN: say("sheets.experiments.harm_unknown"),
}
STANDING = {
    Standing.BETTER: say("sheets.experiments.better"),
    Standing.WORSE: say("sheets.experiments.worse"),
    Standing.NOT_TOLD: say("sheets.experiments.not_told"),
    Standing.UNEVEN: say("sheets.experiments.uneven"),
}
FIRST = (Verdict.WINS_CLICK_LOSES_CUSTOMER, Verdict.LOSES_CLICK_WINS_CUSTOMER, Verdict.LOSES, Verdict.MIXED, Verdict.WINS_BOTH, Verdict.WINS_CUSTOMER, Verdict.WINS_CLICK, Verdict.WITHHELD)  # fmt: skip


def tell(made: Experiments) -> Sheets:
    """The latest experiments; the page's sentence is the one that most needs somebody to act."""
    if made.refused:
        sheet = refused("experiments", made.refused)
        return Sheets("experiments", made.query, say("sheets.experiments.none"), say("sheets.experiments.what_it_takes"), (sheet,), made.warnings)  # fmt: skip
    order = sorted(made.experiments, key=lambda one: FIRST.index(one.verdict) if one.verdict in FIRST else len(FIRST))
    title = said(order[0]) + "." if order else say("sheets.experiments.none")
    return Sheets(
        "experiments",
        made.query,
        title,
        say("sheets.experiments.standfirst"),
        (_overview(made), _outcomes(made), *(_one(one) for one in order)),
        made.warnings,
    )


def said(one: Experiment) -> str:
    """The verdict as a clause."""
    told = {
        Verdict.WITHHELD: say("sheets.experiments.withheld", name=_name(one)),
        Verdict.WINS_BOTH: say("sheets.experiments.wins_both", name=_name(one)),
        Verdict.WINS_CLICK_LOSES_CUSTOMER: say("sheets.experiments.wins_click_loses_customer", name=_name(one)),
        Verdict.WINS_CLICK: say("sheets.experiments.wins_click", name=_name(one)),
        Verdict.WINS_CUSTOMER: say("sheets.experiments.wins_customer", name=_name(one)),
        Verdict.LOSES_CLICK_WINS_CUSTOMER: say("sheets.experiments.loses_click_wins_customer", name=_name(one)),
        Verdict.LOSES: say("sheets.experiments.loses", name=_name(one)),
        Verdict.MIXED: say("sheets.experiments.mixed", name=_name(one)),
        Verdict.NOT_TOLD: say("sheets.experiments.nothing_told", name=_name(one)),
        Verdict.TOO_FEW: say("sheets.experiments.too_few", name=_name(one)),
    }
    return told[one.verdict]


def _name(one: Experiment) -> str:
    several = len(one.arms) > 2
    return say("sheets.experiments.arm_of", name=one.name, arm=one.new) if several else one.name


def _overview(made: Experiments) -> Sheet:
    """A row an experiment: exposure, orders, requests for help, the answers that stand out, the verdict."""
    return Sheet(
        "experiments",
        "overview",
        say("sheets.experiments.experiments", count=len(made.experiments)),
        say("sheets.experiments.what_overview"),
        (
            say("sheets.experiments.experiment"),
            say("sheets.experiments.verdict"),
            say("sheets.experiments.days"),
            say("sheets.experiments.exposure"),
            say("sheets.experiments.bought"),
            say("sheets.experiments.felt"),
        ),
        tuple(_line(one) for one in made.experiments),
        tuple(records(one)[0] for one in made.experiments),
        sentence([say("sheets.experiments.foot_overview"), caveats(made.warnings)]),
        text_columns=6,
        numbers=False,
        also=("experiment_outcomes",),
    )


def _outcomes(made: Experiments) -> Sheet:
    """A row an outcome of every experiment, with its numbers: for files."""
    shown = [(one, each) for one in made.experiments for each in one.outcomes]
    return Sheet(
        "experiment_outcomes",
        "outcomes",
        say("sheets.experiments.outcomes"),
        say("sheets.experiments.what_overview"),
        (say("sheets.experiments.experiment"), *_heads(say("sheets.experiments.new"), say("sheets.experiments.old"))),
        tuple((_name(one), *_row(each)) for one, each in shown),
        tuple(record for one in made.experiments if one.outcomes for record in records(one)),
        sentence([say("sheets.experiments.foot_overview"), caveats(made.warnings)]),
        shown=False,
    )


def _heads(new: str, old: str) -> tuple[str, ...]:
    return (
        say("sheets.experiments.outcome"),
        say("sheets.experiments.answered"),
        new,
        old,
        say("sheets.experiments.difference"),
        say("sheets.experiments.harm_head"),
        say("sheets.experiments.standing"),
    )


def _line(one: Experiment) -> tuple[str, ...]:
    verdict = said(one).removeprefix(_name(one)).lstrip(" :")
    click = [_short(outcome) for outcome in one.outcomes if outcome.side is Side.CLICK]
    felt = [_short(outcome) for outcome in one.outcomes if outcome.side is Side.CUSTOMER and outcome.standing is not Standing.NOT_TOLD]  # fmt: skip
    shown = one.verdict is not Verdict.WITHHELD
    return (
        _name(one),
        words.capital(verdict),
        numbers.span(one.first_day, one.last_day),
        exposed(one),
        "; ".join(click) if shown else say("sheets.experiments.not_shown"),
        ("; ".join(felt) or say("sheets.experiments.nothing_beyond_chance")) if shown else say("sheets.experiments.not_shown"),
    )  # fmt: skip


def _short(one: Outcome) -> str:
    return f"{named(one)} {change(one.difference, one.unit)}"


def named(one: Outcome) -> str:
    """An outcome by its name: bought within 30 days; Satisfied, Buy."""
    own = {
        placement.role("bought"): say("sheets.experiments.bought_within"),
        placement.role("asked_for_help"): say("sheets.experiments.asked_for_help"),
        placement.role("earned"): say("sheets.experiments.margin"),
    }
    if one.metric in own:
        return own[one.metric]
    label = definition(one.metric).short
    return f"{label}, {one.stage}" if one.stage else label


def exposed(one: Experiment) -> str:
    """4,470 and 4,489 people (p = .009: more than chance)."""
    people = words.listed([numbers.whole(arm.persons) for arm in one.arms])
    states = {
        "ok": say("sheets.experiments.as_planned") if one.planned else say("sheets.experiments.even"),
        "warn": say("sheets.experiments.off_plan") if one.planned else say("sheets.experiments.uneven_split"),
        "withhold": say("sheets.experiments.not_planned") if one.planned else say("sheets.experiments.broken_split"),
    }
    return say("sheets.experiments.people_p", people=people, p=p_text(one.ratio_p), state=states.get(one.ratio, ""))


def answered(found: Response | None) -> str:
    """301 of 15,202 and 250 of 15,134 (p = .034)."""
    if found is None:
        return say("sheets.experiments.everybody")
    sides = [
        say("sheets.experiments.of", part=numbers.whole(part), whole=numbers.whole(whole))
        for part, whole in zip(found.answered, found.exposed)
    ]
    return f"{words.listed(sides)} ({p_text(found.p)})" if found.p is not None else words.listed(sides)


def _one(one: Experiment) -> Sheet:
    """One experiment: how many answered, both arms, the difference, the smallest harm that matters."""
    what = say(
        "sheets.experiments.exposed", span=numbers.span(one.first_day, one.last_day), exposed=exposed(one), new=one.new, old=one.old
    )  # fmt: skip
    if one.verdict is Verdict.WITHHELD:
        return Sheet("", one.name, said(one) + ".", what, foot=say("sheets.experiments.why_withheld"))
    return Sheet(
        "",
        f"{one.name} {one.new}",
        said(one) + ".",
        what,
        _heads(one.new, one.old),
        tuple(_row(outcome) for outcome in one.outcomes),
        tuple(records(one)),
        _foot(one),
        text_columns=1,
        marks=_marks(one),
        quotes=tuple(
            Quoted(say("sheets.experiments.words_of", arm=arm, count=len(comments)), comments)
            for arm, comments in zip((one.new, one.old), one.words)
            if comments
        ),
    )


def _row(one: Outcome) -> tuple[str, ...]:
    standing = STANDING[one.standing]
    if one.bounds is not None:
        standing += "; " + say(
            "sheets.experiments.bounds",
            least=numbers.difference(one.bounds.least, one.unit, plus=True),
            most=numbers.difference(one.bounds.most, one.unit, plus=True),
            interval=numbers.interval(one.bounds.low, one.bounds.high, one.unit, plus=True),
        )
    margin = numbers.difference(one.margin, one.unit)
    return (
        named(one),
        answered(one.response),
        numbers.value(one.new.value, one.unit),
        numbers.value(one.old.value, one.unit),
        change(one.difference, one.unit),
        f"{HARM[one.harm]} ({margin})",
        standing,
    )


def _marks(one: Experiment) -> Marks | None:
    """Differences of shares, which have one scale; better is to the right of nothing as counted, so the sign is said in the text."""
    shares = [each for each in one.outcomes if each.unit == "rate" and each.difference.value is not None]
    if not shares:
        return None
    return Marks(
        "rate",
        tuple(
            Mark(
                named(each),
                float(each.difference.value or 0.0),
                each.difference.low,
                each.difference.high,
                numbers.difference(each.difference.value, "rate", plus=True)
                + (f" · {STANDING[each.standing]}" if each.standing is not Standing.NOT_TOLD else ""),
                "ux" if each.side is Side.CLICK else "cx",
            )
            for each in shares
        ),
    )


def _foot(one: Experiment) -> str:
    adjusted = [each for each in one.outcomes if each.adjusted is not None and each.saved is not None]
    gain = [each for each in adjusted if (each.saved or 0.0) >= GAIN]
    cuped = (
        say(
            "sheets.experiments.cuped",
            listed=words.listed(
                [f"{named(each)} {change(each.adjusted, each.unit)} (−{numbers.percent(each.saved)})" for each in gain]
            ),
        )
        if gain
        else say("sheets.experiments.no_gain")
        if adjusted
        else ""
    )
    few = [_few(metric, stage) for metric, stage in one.few]
    return sentence(
        [
            say("sheets.experiments.counted", outcomes=one.family or len(one.outcomes)),
            cuped,
            say("sheets.experiments.too_few_answers", few=words.listed(few)) if few else "",
            say("sheets.experiments.crossed", count=one.crossed, crossed=numbers.whole(one.crossed)) if one.crossed else "",
            say("sheets.experiments.no_margin") if one.no_margin else "",
            say("sheets.experiments.linked_apart") if one.linked_apart else "",
        ]
    )  # fmt: skip


def _few(metric: str, stage: str) -> str:
    label = definition(metric).short
    return f"{label}, {stage}" if stage else label


def records(one: Experiment) -> list[dict[str, Any]]:
    """One flat row an outcome; a withheld experiment has one without an outcome."""
    head = {
        "experiment": one.name,
        "new": one.new,
        "old": one.old,
        "verdict": str(one.verdict),
        "first_day": one.first_day and one.first_day.isoformat(),
        "last_day": one.last_day and one.last_day.isoformat(),
        "people_new": next(arm.persons for arm in one.arms if arm.variant == one.new),
        "people_old": next(arm.persons for arm in one.arms if arm.variant == one.old),
        "exposure_p": one.ratio_p,
        "exposure": one.ratio,
    }
    return [head | _record(each) for each in one.outcomes] or [head]


def _record(one: Outcome) -> dict[str, Any]:
    response, limits = one.response, one.bounds
    return {
        "metric": one.metric,
        "stage": one.stage or None,
        **bounds("value_new", one.new),
        **bounds("value_old", one.old),
        **bounds("difference", one.difference),
        "p": one.p,
        "q": one.q,
        "standing": str(one.standing),
        "margin": one.margin,
        "harm": str(one.harm),
        "answered_new": response.answered[0] if response else None,
        "answered_old": response.answered[1] if response else None,
        "answered_p": response.p if response else None,
        "bound_least": limits.least if limits else None,
        "bound_most": limits.most if limits else None,
        "bound_low": limits.low if limits else None,
        "bound_high": limits.high if limits else None,
        **bounds("adjusted", one.adjusted),
        "variance_saved": one.saved,
    }
