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


def sheets_of(experiments: Experiments) -> Sheets:
    """The latest experiments; the page's sentence is the one that most needs somebody to act."""
    if experiments.refused:
        sheet = refused("experiments", experiments.refused)
        return Sheets("experiments", experiments.query, say("sheets.experiments.none"), say("sheets.experiments.what_it_takes"), (sheet,), experiments.warnings)  # fmt: skip
    order = sorted(
        experiments.experiments, key=lambda one: FIRST.index(one.verdict) if one.verdict in FIRST else len(FIRST)
    )
    title = verdict_clause(order[0]) + "." if order else say("sheets.experiments.none")
    return Sheets(
        "experiments",
        experiments.query,
        title,
        say("sheets.experiments.standfirst"),
        (_overview(experiments), _outcomes(experiments), *(_one(one) for one in order)),
        experiments.warnings,
    )


def verdict_clause(experiment: Experiment) -> str:
    """The verdict as a clause."""
    told = {
        Verdict.WITHHELD: say("sheets.experiments.withheld", name=_name(experiment)),
        Verdict.WINS_BOTH: say("sheets.experiments.wins_both", name=_name(experiment)),
        Verdict.WINS_CLICK_LOSES_CUSTOMER: say("sheets.experiments.wins_click_loses_customer", name=_name(experiment)),
        Verdict.WINS_CLICK: say("sheets.experiments.wins_click", name=_name(experiment)),
        Verdict.WINS_CUSTOMER: say("sheets.experiments.wins_customer", name=_name(experiment)),
        Verdict.LOSES_CLICK_WINS_CUSTOMER: say("sheets.experiments.loses_click_wins_customer", name=_name(experiment)),
        Verdict.LOSES: say("sheets.experiments.loses", name=_name(experiment)),
        Verdict.MIXED: say("sheets.experiments.mixed", name=_name(experiment)),
        Verdict.NOT_TOLD: say("sheets.experiments.nothing_told", name=_name(experiment)),
        Verdict.TOO_FEW: say("sheets.experiments.too_few", name=_name(experiment)),
    }
    return told[experiment.verdict]


def _name(experiment: Experiment) -> str:
    several = len(experiment.arms) > 2
    return say("sheets.experiments.arm_of", name=experiment.name, arm=experiment.new) if several else experiment.name


def _overview(experiments: Experiments) -> Sheet:
    """A row an experiment: exposure, orders, requests for help, the answers that stand out, the verdict."""
    return Sheet(
        "experiments",
        "overview",
        say("sheets.experiments.experiments", count=len(experiments.experiments)),
        say("sheets.experiments.what_overview"),
        (
            say("sheets.experiments.experiment"),
            say("sheets.experiments.verdict"),
            say("sheets.experiments.days"),
            say("sheets.experiments.exposure"),
            say("sheets.experiments.bought"),
            say("sheets.experiments.felt"),
        ),
        tuple(_line(one) for one in experiments.experiments),
        tuple(records(one)[0] for one in experiments.experiments),
        sentence([say("sheets.experiments.foot_overview"), caveats(experiments.warnings)]),
        text_columns=6,
        numbers=False,
        also=("experiment_outcomes",),
    )


def _outcomes(experiments: Experiments) -> Sheet:
    """A row an outcome of every experiment, with its numbers: for files."""
    shown = [(one, each) for one in experiments.experiments for each in one.outcomes]
    return Sheet(
        "experiment_outcomes",
        "outcomes",
        say("sheets.experiments.outcomes"),
        say("sheets.experiments.what_overview"),
        (say("sheets.experiments.experiment"), *_heads(say("sheets.experiments.new"), say("sheets.experiments.old"))),
        tuple((_name(one), *_row(each)) for one, each in shown),
        tuple(record for one in experiments.experiments if one.outcomes for record in records(one)),
        sentence([say("sheets.experiments.foot_overview"), caveats(experiments.warnings)]),
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


def _line(experiment: Experiment) -> tuple[str, ...]:
    verdict = verdict_clause(experiment).removeprefix(_name(experiment)).lstrip(" :")
    click = [_short(outcome) for outcome in experiment.outcomes if outcome.side is Side.CLICK]
    felt = [_short(outcome) for outcome in experiment.outcomes if outcome.side is Side.CUSTOMER and outcome.standing is not Standing.NOT_TOLD]  # fmt: skip
    shown = experiment.verdict is not Verdict.WITHHELD
    return (
        _name(experiment),
        words.capitalised(verdict),
        numbers.span(experiment.first_day, experiment.last_day),
        exposure_words(experiment),
        "; ".join(click) if shown else say("sheets.experiments.not_shown"),
        ("; ".join(felt) or say("sheets.experiments.nothing_beyond_chance")) if shown else say("sheets.experiments.not_shown"),
    )  # fmt: skip


def _short(outcome: Outcome) -> str:
    return f"{outcome_name(outcome)} {change(outcome.difference, outcome.unit)}"


def outcome_name(outcome: Outcome) -> str:
    """An outcome by its name: bought within 30 days; Satisfied, Buy."""
    own = {
        placement.role("bought"): say("sheets.experiments.bought_within"),
        placement.role("asked_for_help"): say("sheets.experiments.asked_for_help"),
        placement.role("earned"): say("sheets.experiments.margin"),
    }
    if outcome.metric in own:
        return own[outcome.metric]
    label = definition(outcome.metric).short
    return f"{label}, {outcome.stage}" if outcome.stage else label


def exposure_words(experiment: Experiment) -> str:
    """4,470 and 4,489 people (p = .009: more than chance)."""
    people = words.listed([numbers.whole(arm.persons) for arm in experiment.arms])
    states = {
        "ok": say("sheets.experiments.as_planned") if experiment.planned else say("sheets.experiments.even"),
        "warn": say("sheets.experiments.off_plan") if experiment.planned else say("sheets.experiments.uneven_split"),
        "withhold": say("sheets.experiments.not_planned")
        if experiment.planned
        else say("sheets.experiments.broken_split"),
    }
    return say(
        "sheets.experiments.people_p",
        people=people,
        p=p_text(experiment.ratio_p),
        state=states.get(experiment.ratio, ""),
    )


def response_words(response: Response | None) -> str:
    """301 of 15,202 and 250 of 15,134 (p = .034)."""
    if response is None:
        return say("sheets.experiments.everybody")
    sides = [
        say("sheets.experiments.of", part=numbers.whole(part), whole=numbers.whole(whole))
        for part, whole in zip(response.answered, response.exposed)
    ]
    return f"{words.listed(sides)} ({p_text(response.p)})" if response.p is not None else words.listed(sides)


def _one(experiment: Experiment) -> Sheet:
    """One experiment: how many answered, both arms, the difference, the smallest harm that matters."""
    what = say(
        "sheets.experiments.exposed", span=numbers.span(experiment.first_day, experiment.last_day), exposed=exposure_words(experiment), new=experiment.new, old=experiment.old
    )  # fmt: skip
    if experiment.verdict is Verdict.WITHHELD:
        return Sheet(
            "", experiment.name, verdict_clause(experiment) + ".", what, foot=say("sheets.experiments.why_withheld")
        )
    return Sheet(
        "",
        f"{experiment.name} {experiment.new}",
        verdict_clause(experiment) + ".",
        what,
        _heads(experiment.new, experiment.old),
        tuple(_row(outcome) for outcome in experiment.outcomes),
        tuple(records(experiment)),
        _foot(experiment),
        text_columns=1,
        marks=_marks(experiment),
        quotes=tuple(
            Quoted(say("sheets.experiments.words_of", arm=arm, count=len(comments)), comments)
            for arm, comments in zip((experiment.new, experiment.old), experiment.words)
            if comments
        ),
    )


def _row(outcome: Outcome) -> tuple[str, ...]:
    standing = STANDING[outcome.standing]
    if outcome.bounds is not None:
        standing += "; " + say(
            "sheets.experiments.bounds",
            least=numbers.difference(outcome.bounds.least, outcome.unit, plus=True),
            most=numbers.difference(outcome.bounds.most, outcome.unit, plus=True),
            interval=numbers.interval(outcome.bounds.low, outcome.bounds.high, outcome.unit, plus=True),
        )
    margin = numbers.difference(outcome.margin, outcome.unit)
    return (
        outcome_name(outcome),
        response_words(outcome.response),
        numbers.value(outcome.new.value, outcome.unit),
        numbers.value(outcome.old.value, outcome.unit),
        change(outcome.difference, outcome.unit),
        f"{HARM[outcome.harm]} ({margin})",
        standing,
    )


def _marks(experiment: Experiment) -> Marks | None:
    """Differences of shares, which have one scale; better is to the right of nothing as counted, so the sign is said in the text."""
    shares = [each for each in experiment.outcomes if each.unit == "rate" and each.difference.value is not None]
    if not shares:
        return None
    return Marks(
        "rate",
        tuple(
            Mark(
                outcome_name(each),
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


def _foot(experiment: Experiment) -> str:
    adjusted = [each for each in experiment.outcomes if each.adjusted is not None and each.saved is not None]
    gain = [each for each in adjusted if (each.saved or 0.0) >= GAIN]
    cuped = (
        say(
            "sheets.experiments.cuped",
            listed=words.listed(
                [
                    f"{outcome_name(each)} {change(each.adjusted, each.unit)} (−{numbers.percent(each.saved)})"
                    for each in gain
                ]
            ),
        )
        if gain
        else say("sheets.experiments.no_gain")
        if adjusted
        else ""
    )
    few = [_few(metric, stage) for metric, stage in experiment.few]
    return sentence(
        [
            say("sheets.experiments.counted", outcomes=experiment.family or len(experiment.outcomes)),
            cuped,
            say("sheets.experiments.too_few_answers", few=words.listed(few)) if few else "",
            say("sheets.experiments.crossed", count=experiment.crossed, crossed=numbers.whole(experiment.crossed)) if experiment.crossed else "",
            say("sheets.experiments.no_margin") if experiment.no_margin else "",
            say("sheets.experiments.linked_apart") if experiment.linked_apart else "",
        ]
    )  # fmt: skip


def _few(metric: str, stage: str) -> str:
    label = definition(metric).short
    return f"{label}, {stage}" if stage else label


def records(experiment: Experiment) -> list[dict[str, Any]]:
    """One flat row an outcome; a withheld experiment has one without an outcome."""
    head = {
        "experiment": experiment.name,
        "new": experiment.new,
        "old": experiment.old,
        "verdict": str(experiment.verdict),
        "first_day": experiment.first_day and experiment.first_day.isoformat(),
        "last_day": experiment.last_day and experiment.last_day.isoformat(),
        "people_new": next(arm.persons for arm in experiment.arms if arm.variant == experiment.new),
        "people_old": next(arm.persons for arm in experiment.arms if arm.variant == experiment.old),
        "exposure_p": experiment.ratio_p,
        "exposure": experiment.ratio,
    }
    return [head | _record(each) for each in experiment.outcomes] or [head]


def _record(outcome: Outcome) -> dict[str, Any]:
    response, limits = outcome.response, outcome.bounds
    return {
        "metric": outcome.metric,
        "stage": outcome.stage or None,
        **bounds("value_new", outcome.new),
        **bounds("value_old", outcome.old),
        **bounds("difference", outcome.difference),
        "p": outcome.p,
        "q": outcome.q,
        "standing": str(outcome.standing),
        "margin": outcome.margin,
        "harm": str(outcome.harm),
        "answered_new": response.answered[0] if response else None,
        "answered_old": response.answered[1] if response else None,
        "answered_p": response.p if response else None,
        "bound_least": limits.least if limits else None,
        "bound_most": limits.most if limits else None,
        "bound_low": limits.low if limits else None,
        "bound_high": limits.high if limits else None,
        **bounds("adjusted", outcome.adjusted),
        "variance_saved": outcome.saved,
    }
