"""experiments(query): every experiment whose exposures are loaded, judged over its own days."""

from dataclasses import replace
from typing import Any

from data.store.generations import Generation
from data.store.version import understood
from metrics.analyses.experiments import gather, judge
from metrics.analyses.experiments.gather import Counts
from metrics.analyses.experiments.model import Arm, Experiment, Experiments, Outcome, Response, Side, Verdict
from metrics.catalogue.load import definition
from metrics.codes import ReasonCode, WarningCode, because, warn
from metrics.kinds.sums import UNKNOWN
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import reopened, resolve
from metrics.rules import privacy
from metrics.rules.access import within_rights
from metrics.rules.disclosure.withheld import everything_told
from metrics.rules.whole_result import unweighted
from metrics.statistics.core import Estimate
from metrics.statistics.groups.differences import newcombe
from metrics.statistics.groups.experiments import Bounds, sample_ratio
from metrics.statistics.levels.shares import wilson
from metrics.thresholds import PERSONS, VERBATIMS

APART = 0.01  # p of as large a share of linked people in both arms, below which requests for help are not seen alike


@understood
@within_rights
def experiments(query: Query, generation: Generation) -> Experiments:
    """Each experiment of the query's journey, the latest first. Its period, stages and filters do not apply: an experiment is judged over its own
    days, on everybody exposed, over the 30 days from each one's first exposure.

    First the exposure against the planned split, even where journey.toml names none (withheld below p .001), then how many answered, then each outcome with interval, what the
    interval says of the smallest harm that matters, and its correction for everything looked at in the experiment.
    """
    known = context.read(generation)
    query = resolve(reopened(query, metrics=("experiments",), start=None, end=None, compare=None, filters=(), stages=(), by=()), known)  # fmt: skip
    quiet = query.confidential or known.groups_only
    said = [WarningCode.CONFIDENTIAL] if quiet else []
    said += [WarningCode.SIMULATED] if known.simulated else []
    caveats = tuple(map(warn, said)) + tuple(unweighted(known, *gather.answer_metrics()))
    made = Experiments(query, generation=generation.name, warnings=caveats)
    people = gather.people_by_arm(str(query.journey), generation)
    if not people:
        return replace(made, refused=because(ReasonCode.NOT_RECORDED, signals=["exposures"]))
    answers = gather.answers_by_arm(str(query.journey), generation)
    least = 1 if everything_told(query, generation) else PERSONS
    found = [
        one
        for name, rows in people.items()
        if len(rows) > 1 and min(row["persons"] for row in rows) >= least
        for one in _each(name, rows, answers.get(name, {}), query, generation)
    ]
    found.sort(key=lambda one: (one.last_day is None, one.last_day, one.name), reverse=True)
    return replace(made, experiments=tuple(_blurred(one) if quiet else one for one in found))


def _each(
    name: str, rows: list[dict[str, Any]], answers: Counts, query: Query, generation: Generation
) -> list[Experiment]:
    """Every new variant beside the old one."""
    planned = gather.planned(name, rows, generation)
    checked = sample_ratio([row["persons"] for row in rows], planned)
    arms = tuple(
        Arm(row["variant"], row["persons"], row["n"], row["linked"] / row["n"] if row["n"] else None) for row in rows
    )
    days = [row["first_day"] for row in rows], [row["last_day"] for row in rows]
    least = 1 if everything_told(query, generation) else VERBATIMS
    words = gather.sample_comments(name, str(query.journey), least, generation) if query.rights.may("comments") else {}
    withheld = checked.state == "withhold"
    every: list[tuple[list[Outcome], tuple[tuple[str, str], ...]]] = [
        ([], ()) if withheld else _outcomes(row, rows[0], answers, query.level) for row in rows[1:]
    ]
    family = judge.with_corrected_p(
        [outcome for outcomes, _ in every for outcome in outcomes]
    )  # of all variants together
    made = []
    done = 0
    for row, (outcomes, few) in zip(rows[1:], every):
        one = Experiment(
            name,
            row["variant"],
            rows[0]["variant"],
            min(days[0]),
            max(days[1]),
            arms,
            sum(each["crossed"] for each in rows),
            checked.test.p,
            checked.state,
            Verdict.WITHHELD,
            planned=planned is not None,
        )
        if withheld:
            made.append(one)
            continue
        judged, done = family[done : done + len(outcomes)], done + len(outcomes)
        made.append(
            replace(
                one,
                verdict=judge.verdict(judged),
                outcomes=judged,
                few=few,
                family=len(family),
                no_margin=not _margin_known(row, rows[0]),
                linked_apart=_linked_apart(row, rows[0]),
                words=(tuple(words.get(row["variant"], ())), tuple(words.get(rows[0]["variant"], ()))),
            )
        )
    return made


def _outcomes(
    new: dict[str, Any], old: dict[str, Any], answers: Counts, level: float
) -> tuple[list[Outcome], tuple[tuple[str, str], ...]]:
    """What everybody exposed did, then what those who answered said, by metric and stage; and of which too few answered."""
    if min(new["n"], old["n"]) < judge.LEAST:
        return [], ()
    found = [
        judge.share_outcome(definition("conversion"), Side.CLICK, gather.arm_sums(new, "ordered"), gather.arm_sums(old, "ordered"), level),
        judge.share_outcome(definition("contact_rate"), Side.CUSTOMER, gather.arm_sums(new, "contacted"), gather.arm_sums(old, "contacted"), level),
    ]  # fmt: skip
    if (new["margin"] or old["margin"]) and _margin_known(new, old):
        sums = [gather.arm_sums(arm, "margin", "margin_yy") for arm in (new, old)]
        found.append(judge.mean_outcome(definition("margin_per_person"), Side.MONEY, sums[0], sums[1], level))
    few = []
    for (metric, stage), arms in sorted(answers.items()):
        sides = arms.get(new["variant"], {}), arms.get(old["variant"], {})
        one = judge.answer_outcome(definition(metric), stage, sides[0], sides[1], (new["n"], old["n"]), level)
        if one is None:
            few.append((metric, stage))
        else:
            found.append(one)
    return found, tuple(few)


def _margin_known(new: dict[str, Any], old: dict[str, Any]) -> bool:
    """Whether nearly every order of both arms has a margin: one without is no order that earned nothing."""
    return all(arm["without_margin"] <= UNKNOWN * arm["orders"] for arm in (new, old))


def _linked_apart(new: dict[str, Any], old: dict[str, Any]) -> bool:
    test = newcombe(*(wilson(arm["linked"], arm["n"]) for arm in (new, old))).test if new["n"] and old["n"] else None
    return test is not None and test.p is not None and test.p < APART


def _blurred(experiment: Experiment) -> Experiment:
    """As confidential mode shows it: judged on what is exact, told in whole steps."""
    return replace(
        experiment,
        arms=tuple(
            replace(arm, persons=privacy.rounded(arm.persons), counted=privacy.rounded(arm.counted), linked=privacy.step(arm.linked, "rate"))
            for arm in experiment.arms
        ),
        crossed=privacy.rounded(experiment.crossed),
        ratio_p=None if experiment.ratio_p is None else float(f"{experiment.ratio_p:.1g}"),
        outcomes=tuple(_blurred_outcome(outcome) for outcome in experiment.outcomes),
    )  # fmt: skip


def _blurred_outcome(outcome: Outcome) -> Outcome:
    def step(value: float) -> float:
        return privacy.step(value, outcome.unit) or 0.0

    def told(estimate: Estimate) -> Estimate:
        value, low, high = (privacy.step(part, outcome.unit) for part in (estimate.value, estimate.low, estimate.high))
        return Estimate(value, low, high, estimate.n and float(privacy.rounded(estimate.n)))

    response, limits = outcome.response, outcome.bounds
    if response is not None:
        (new, old), (of_new, of_old) = response.answered, response.exposed
        response = Response(
            (privacy.rounded(new), privacy.rounded(old)),
            (privacy.rounded(of_new), privacy.rounded(of_old)),
            None,
            response.state,
        )
    if limits is not None:
        limits = Bounds(step(limits.least), step(limits.most), step(limits.low), step(limits.high))
    return replace(
        outcome,
        new=told(outcome.new),
        old=told(outcome.old),
        difference=told(outcome.difference),
        adjusted=outcome.adjusted and told(outcome.adjusted),
        p=None,
        response=response,
        bounds=limits,
    )
