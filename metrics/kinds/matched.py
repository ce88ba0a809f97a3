"""Those it happened to against those it had not happened to yet, in the same strata: the effect on the former (ATT)."""

import numpy as np

from metrics.catalogue.definition import Definition
from metrics.codes import Reason, ReasonCode, because
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
    return grouped_att(*tables(sums, parts), level=level)


def tables(sums: Sums, parts: tuple[str, ...] = PARTS) -> list[np.ndarray]:
    """The named sums by stratum and person group, each of shape (strata, 40)."""
    strata, place = np.unique(sums.rows["stratum"].to_numpy(dtype=str), return_inverse=True)
    found = [np.zeros((len(strata), GROUPS)) for _ in parts]
    for name, table in zip(parts, found):
        np.add.at(table, (place, sums.rows["person_group"].to_numpy(dtype=int)), sums.rows[name].to_numpy(dtype=float))
    return found


def estimate(found: Definition, sums: Sums, level: float) -> Estimate:
    return effect(sums, level).att


def crude(found: Definition, sums: Sums, level: float) -> Estimate:
    """The difference as it stands, without strata: what it is compared with, never what is meant."""
    value = effect(sums, level).crude
    return Estimate(value, n=sums.n, note=Note.EMPTY if value is None else None)


def compare(found: Definition, now: Sums, then: Sums, first: Estimate, second: Estimate, level: float) -> Comparison:
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


def warnings(found: Definition, sums: Sums, result: Estimate) -> tuple[str, ...]:
    """What the reader must know beside the number: the crude one, what was not compared, what a hidden cause would take."""
    if result.value is None:
        return ()
    whole = effect(sums)
    risk = sums.rows["e1"].sum() / sums.rows["n1"].sum()
    said = [
        f"{risk * 100:.1f} % with, {(risk - result.value) * 100:.1f} % expected of the same strata; crude difference {whole.crude * 100:+.1f} points",
        "observational: contacts that followed friction beyond the expected",
    ]
    if whole.unmatched and whole.unmatched > 0.01:
        said.append(f"{whole.unmatched:.0%} had nobody to compare with and are left out")
    if 0 < result.value < risk:
        nearer = None if result.low is None else risk / max(risk - result.low, 1e-9)
        point, limit = e_value(risk / (risk - result.value), nearer)
        said.append(
            f"E-value {point:.1f}"
            + (f" (interval {limit:.1f})" if limit is not None else "")
            + ": how strongly a hidden cause would have to act on both"
        )
    said += [*_control(sums), *_untied(sums, result)]
    unlike = [f"{name} {value:+.2f}" for name, value in balance(sums).items() if value is not None and abs(value) > 0.1]
    if unlike:
        said.append("before matching the two sides differ in " + ", ".join(unlike) + " standard deviations")
    return tuple(said)


def _control(sums: Sums) -> list[str]:
    """The negative control: a symptom must not bring contacts about something else."""
    found = effect(sums, parts=CONTROL).att
    if found.value is None or found.low is None:
        return []
    apart = found.low > 0 or found.high < 0
    return [
        f"contacts about other stages, which should be 0: {found.value * 100:+.1f} points ({found.low * 100:+.1f} to {found.high * 100:+.1f})"
        + (": so something else differs between the two sides, too" if apart else "")
    ]


def _untied(sums: Sums, result: Estimate) -> list[str]:
    """Tickets of people nobody knew cannot follow anything here: if they did alike, the difference would be larger."""
    tied = sums.rows["tied"].max()
    if not (result.value > 0 and 0 < tied < 0.995):
        return []
    return [
        f"{tied:.0%} of tickets come from people seen before; if the others act alike, up to {result.value / tied * 100:+.1f} points"
    ]


def no_overlap(found: Definition, sums: Sums | None, result: Estimate) -> tuple[State, Reason | None] | None:
    return (State.NO_DATA, because(ReasonCode.NOBODY_LIKE_THEM)) if sums and result.value is None else None


KINDS = {"matched": Kind("att", estimate, compare, no_overlap, warnings), "crude_difference": Kind("att", crude)}
