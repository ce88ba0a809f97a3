"""Those it happened to against those it had not happened to yet, in the same strata: the effect on the former (ATT)."""

import numpy as np

from metrics.catalogue.definition import Definition
from metrics.codes import Reason, ReasonCode, Warning, WarningCode, because, warn
from metrics.kinds import Kind
from metrics.kinds.sums import Sums
from metrics.states import State
from metrics.statistics.core import Comparison, Estimate, Note
from metrics.statistics.groups.strata import Effect, e_value, grouped_att, standardised_difference
from metrics.statistics.levels import means
from metrics.statistics.moments import GROUPS

PARTS = ("n1", "e1", "n0", "e0")
CONTROL = ("n1", "c1", "n0", "c0")  # the same people, and an event it should not bring


def effect(sums: Sums, level: float = 0.95, parts: tuple[str, ...] = PARTS) -> Effect:
    """The effect of one cell with everything a reader may ask of it: crude, matched, events beyond the expected, unmatched."""
    met, events, others, their_events = tables(sums, parts)
    return grouped_att(met, events, others, their_events, level=level)


def tables(sums: Sums, parts: tuple[str, ...] = PARTS) -> list[np.ndarray]:
    """The named sums by stratum and person group, each of shape (strata, 40)."""
    strata, place = np.unique(sums.rows["stratum"].to_numpy(dtype=str), return_inverse=True)
    found = [np.zeros((len(strata), GROUPS)) for _ in parts]
    for name, table in zip(parts, found):
        np.add.at(table, (place, sums.rows["person_group"].to_numpy(dtype=int)), sums.rows[name].to_numpy(dtype=float))
    return found


def estimate(definition: Definition, sums: Sums, level: float) -> Estimate:
    return effect(sums, level).att


def crude(definition: Definition, sums: Sums, level: float) -> Estimate:
    """The difference as it stands, without strata: what it is compared with, never what is meant."""
    value = effect(sums, level).crude
    return Estimate(value, n=sums.n, note=Note.EMPTY if value is None else None)


def compare(
    definition: Definition, now: Sums, then: Sums, first: Estimate, second: Estimate, level: float
) -> Comparison:
    return means.difference(first, second, level=level)


def balance(sums: Sums) -> dict[str, float | None]:
    """Standardised difference of what the strata hold, before matching; within strata they are equal by construction.

    Beyond .1 the two sides differ in it, and the crude difference mixes it in (Austin 2009).
    """
    # from the right: names of journeys, stages and channels stand before these and may hold any sign
    device, customer, elapsed = (sums.rows["stratum"].str.rsplit("|", n=3).str[place] for place in (-3, -2, -1))
    seen = {
        "customers": customer == "true",
        "on a phone": device == "mobile",
        "past the first 20 seconds": elapsed.astype(int) >= 2,
    }
    sides = [sums.rows[name].to_numpy(dtype=float) for name in ("n1", "n0")]
    return (
        {
            name: standardised_difference(*(float(side[mask.to_numpy()].sum() / side.sum()) for side in sides))
            for name, mask in seen.items()
        }
        if all(side.sum() for side in sides)
        else {}
    )


def warnings(definition: Definition, sums: Sums, result: Estimate) -> tuple[Warning, ...]:
    """What the reader must know beside the number: the crude one, what was not compared, what a hidden cause would take."""
    if result.value is None:
        return ()
    whole = effect(sums)
    risk = sums.rows["e1"].sum() / sums.rows["n1"].sum()
    said = [
        warn(WarningCode.EXPECTED_OF_LIKE, observed=risk, expected=risk - result.value, crude=whole.crude),
        warn(WarningCode.AFTER_FRICTION),
    ]
    if whole.unmatched and whole.unmatched > 0.01:
        said.append(warn(WarningCode.UNMATCHED, share=whole.unmatched))
    if 0 < result.value < risk:
        nearer = None if result.low is None else risk / max(risk - result.low, 1e-9)
        point, limit = e_value(risk / (risk - result.value), nearer)
        said.append(warn(WarningCode.HIDDEN_CAUSE, e_value=point, e_limit=limit))
    said += [*_control(sums), *_untied(sums, result)]
    unlike = [(name, value) for name, value in balance(sums).items() if value is not None and abs(value) > 0.1]
    if unlike:
        said.append(warn(WarningCode.UNBALANCED, sides=unlike))
    return tuple(said)


def _control(sums: Sums) -> list[Warning]:
    """The negative control: a symptom must not bring contacts about something else."""
    found = effect(sums, parts=CONTROL).att
    if found.value is None or found.low is None or found.high is None:
        return []
    apart = found.low > 0 or found.high < 0
    code = WarningCode.NEGATIVE_CONTROL_FAILED if apart else WarningCode.NEGATIVE_CONTROL
    return [warn(code, gap=found.value, low=found.low, high=found.high)]


def _untied(sums: Sums, result: Estimate) -> list[Warning]:
    """Tickets of people nobody knew cannot follow anything here: if they did alike, the difference would be larger."""
    tied = sums.rows["tied"].max()
    if result.value is None or not (result.value > 0 and 0 < tied < 0.995):
        return []
    return [warn(WarningCode.UNKNOWN_SENDERS, share=tied, at_most=result.value / tied)]


def no_overlap(definition: Definition, sums: Sums | None, result: Estimate) -> tuple[State, Reason | None] | None:
    return (State.NO_DATA, because(ReasonCode.NOBODY_LIKE_THEM)) if sums and result.value is None else None


KINDS = {"matched": Kind("att", estimate, compare, no_overlap, warnings), "crude_difference": Kind("att", crude)}
