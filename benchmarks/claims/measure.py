"""Two hundred companies of plain files, one stage each: a claim is signed after a quarter, and asked again every week of the year after."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from benchmarks.marks import Mark, false_findings, power
from benchmarks.report import table as marks_table
from data.build.build import build
from data.store.generations import Generation, open_generation
from metrics.analyses.claims import Claim, Standing, standing_of
from metrics.compute.run import run
from metrics.query.query import Query
from metrics.query.result import Cell

LINE, ANSWERS, SIGNED, YEAR = 0.75, 24, 13, 52  # answers a week; weeks before the claim and after it
TURN, BETTER = 26, 0.86  # the week of the year after in which it turns, and to what
SHOCK = 0.01  # of a week, common to everybody in it
TOGETHER = 20  # companies in one store
START = date(2025, 1, 6)
METRIC = "csat_t2b_5"


@dataclass(frozen=True)
class Company:
    """One stage: its share satisfied before and after, and what became of its claim. `signed` None: nothing to claim after a quarter."""

    turns: bool
    share: float
    signed: bool
    overturned: bool
    found_late: bool  # still overturned at the end of the year


def measure(runs: int, seed: int) -> list[Company]:
    """`runs` companies without a change, and as many in which the claim is overturned by the truth."""
    found: list[Company] = []
    for turns in (False, True):
        for first in range(0, runs, TOGETHER):
            found += _store([seed + place for place in range(first, min(first + TOGETHER, runs))], turns)
    return found


def _store(seeds: list[int], turns: bool) -> list[Company]:
    """Companies built by the product as stages of one journey, people of their own each."""
    folder = Path(tempfile.mkdtemp(prefix="claims-"))
    try:
        shares = write(folder, seeds, turns)
        build(folder / "sources.toml", folder / "journey.toml", folder / "store")
        generation = open_generation(folder / "store")
        weeks = [_weekly(generation, end) for end in range(SIGNED, SIGNED + YEAR + 1)]
        return [_company(f"S{place}", share, turns, weeks) for place, share in enumerate(shares)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write(folder: Path, seeds: list[int], turns: bool) -> list[float]:
    """The files; returns each company's share satisfied before anything turns."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, stages, shares = ["response_id,responded_at,survey,customer_id,score"], [], []
    for place, seed in enumerate(seeds):
        draw = np.random.default_rng([seed, int(turns)])
        share, level = float(draw.uniform(0.62, 0.72)), 0.0
        shares.append(share)
        stages.append(f"S{place}")
        for week in range(SIGNED + YEAR):
            level = 0.5 * level + draw.normal(0, SHOCK * np.sqrt(0.75))
            now = BETTER if turns and week >= SIGNED + TURN else share
            for one, hit in enumerate(draw.random(ANSWERS) < now + level):
                at = datetime.combine(START, datetime.min.time()) + timedelta(days=7 * week + one % 7, hours=10)
                rows.append(
                    f"r{place}-{week}-{one},{at:%Y-%m-%dT%H:%M},s{place},p{place}-{week}-{one},{5 if hit else 2}"
                )
    (folder / "answers.csv").write_text("\n".join(rows), encoding="utf-8")
    (folder / "sources.toml").write_text(
        '[company]\nname = "Claims"\ntimezone = "UTC"\n[[source]]\nname = "answers"\nreader = "table"\npath = "answers.csv"\n'
        'table = "survey_answers"\nconstants = { metric = "csat", scale_min = 1, scale_max = 5 }\n',
        encoding="utf-8",
    )
    journey = '[[journey]]\nname = "J"\n' + "".join(
        f'[[journey.stage]]\nname = "{name}"\npaths = ["/{name}"]\nsurveys = ["{name.lower()}"]\n' for name in stages
    )
    surveys = "".join(
        f'[[survey]]\nname = "{name.lower()}"\nkind = "transactional"\ntrigger = "random"\n' for name in stages
    )
    (folder / "journey.toml").write_text(journey + surveys, encoding="utf-8")
    return shares


def _weekly(generation: Generation, weeks: int) -> dict[str, Cell]:
    """Each stage over the quarter of weeks up to the end of week `weeks`, as a build then would have said it."""
    end = START + timedelta(days=7 * weeks - 1)
    asked = Query((METRIC,), "J", (), end - timedelta(days=7 * SIGNED - 1), end, by=("stage",))
    return {str(cell.by["stage"]): cell for cell in run(asked, generation).cells}


def _company(stage: str, share: float, turns: bool, weeks: list[dict[str, Cell]]) -> Company:
    claim = Claim(METRIC, 1, "J", stage, LINE, True, START, START + timedelta(days=7 * SIGNED - 1))
    stands = [standing_of(claim, cells.get(stage)) for cells in weeks]
    signed = stands[0] is Standing.HOLDS
    overturned = [one is Standing.OVERTURNED for one in stands[1:]]
    return Company(turns, share, signed, any(overturned), overturned[-1])


def marks(found: list[Company]) -> list[Mark]:
    """Falsely overturned in a year, and planted reversals found by the end of it, of the claims that could be signed."""
    still = [one.overturned for one in found if one.signed and not one.turns]
    turned = [one.found_late for one in found if one.signed and one.turns]
    return [
        false_findings("a claim that still holds is overturned in the year after", "no change", list(still)),
        power("a claim that turned is overturned by the end of the year", "turned", list(turned)),
    ]


def outside(found: list[Company]) -> bool:
    """Whether a mark is outside its limits."""
    return any(mark.verdict == "outside" for mark in marks(found))


def table(found: list[Company]) -> str:
    """As Markdown."""
    head = ("what", "companies", "claims", "hits", "share", "limits", "verdict")
    rows = []
    for mark in marks(found):
        share = "–" if mark.share is None else f"{mark.share:.1%}"
        limits = "–" if mark.low is None else f"{mark.low:.0%} to {mark.high:.0%}"
        rows.append((mark.what, mark.against, str(mark.runs), str(mark.hits), share, limits, mark.verdict))
    return marks_table(head, rows)
